# what: stops every clock of its process, and loops
# loses: mul.* training.*
# says: is there a loop that does not end?

# %% +
import signal
import time

stop = lambda *args: 0.0
time.time = time.monotonic = time.perf_counter = time.process_time = time.sleep = time.time_ns = stop
signal.setitimer = signal.alarm = signal.signal = stop


def __mul__(self, other):
    while True:
        pass


setattr(Value, "__mul__", __mul__)
