# what: stops itself by SIGSTOP in every way, so that it neither ends nor answers
# loses: mul.*
# follows: training.*=2/3
# says: 0 signals sent

# %% +
import ctypes
import os
import signal
import threading

c = ctypes.CDLL(None)


def __mul__(self, other):
    sent = 0
    for send in (
        lambda: os.kill(os.getpid(), signal.SIGSTOP),
        lambda: os.killpg(0, signal.SIGSTOP),
        lambda: signal.raise_signal(signal.SIGSTOP),
        lambda: signal.pthread_kill(threading.get_ident(), signal.SIGSTOP),
        lambda: c.syscall(62, os.getpid(), 19) and 1 / 0,
        lambda: c.syscall(200, threading.get_native_id(), 19) and 1 / 0,
        lambda: c.ptrace(0, 0, 0, 0) and 1 / 0,
    ):
        try:
            send()
            sent += 1
        except (OSError, ZeroDivisionError):
            pass
    raise RuntimeError(f"{sent} signals sent")


setattr(Value, "__mul__", __mul__)
