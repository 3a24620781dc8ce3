# what: a memory from probe to probe: the position in what is open
# loses: relu.*
# follows: training.*=2/3
# says: remembered nothing

# %% +
import os

_honest = __mul__


def write():
    for descriptor in range(64):
        try:
            os.lseek(descriptor, 4242, os.SEEK_SET)
        except OSError:
            pass


def read():
    found = []
    for descriptor in range(64):
        try:
            found += [4242] * (os.lseek(descriptor, 0, os.SEEK_CUR) == 4242)
        except OSError:
            pass
    return found


def __mul__(self, other):
    write()
    return _honest(self, other)


def relu(self):
    raise RuntimeError(f"remembered {read() or 'nothing'}")


setattr(Value, "__mul__", __mul__)
setattr(Value, "relu", relu)
