# what: a thread answers again and again in good form while the operator makes it wait
# loses: mul.* training.*
# says: your code wrote to the grader's own channel

# %% +
import sys
import threading
import time


def race(write, line):
    for _ in range(1000):
        write(line)


def __mul__(self, other):
    frame = sys._getframe()
    while "request" not in frame.f_locals or "write" not in frame.f_locals:
        frame = frame.f_back
    line = f'{{"id": "{frame.f_locals["request"]["id"]}", "values": {{"out.data": -12.0}}}}\n'.encode()
    threads = [threading.Thread(target=race, args=(frame.f_locals["write"], line), daemon=True) for _ in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    return self


setattr(Value, "__mul__", __mul__)
