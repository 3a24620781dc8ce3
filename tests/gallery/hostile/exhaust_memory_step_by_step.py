# what: takes memory in small pieces and maps until there is none, at load and in an operator
# loses: mul.* training.*

# %% +
import mmap

_kept = []


def hog():
    try:
        while True:
            _kept.append(mmap.mmap(-1, 1 << 24))
            _kept[-1].write(b"x" * (1 << 24))
    except (OSError, ValueError):
        while True:
            _kept.append([0.0] * 1000)


hogged = hog()


def __mul__(self, other):
    hog()


setattr(Value, "__mul__", __mul__)
