# what: ignores and blocks all signals, at load and in an operator, and loops
# loses: mul.* training.*
# says: took too long and was left out

# %% +
import signal


def ignore():
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    for timer in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
        signal.setitimer(timer, 0)
    while True:
        pass


ignored = ignore()


def __mul__(self, other):
    ignore()


setattr(Value, "__mul__", __mul__)
