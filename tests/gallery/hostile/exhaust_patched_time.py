# what: stops every clock of its process, and loops
# loses: mul.* training.*
# says: is there a loop that does not end?

# %% +
import signal
import time

stop = lambda *args: 0.0
time.time = time.monotonic = time.perf_counter = time.process_time = time.sleep = time.time_ns = stop
signal.setitimer = signal.alarm = signal.signal = stop
loading = vars(__import__("sys").modules.get("autograder.loading", time))
loading["process_time"] = loading["setitimer"] = loading["time_slice"] = stop


def __mul__(self, other):
    while True:
        pass


setattr(Value, "__mul__", __mul__)
