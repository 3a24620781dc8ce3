# what: hides bits of hidden operands in the flags of its descriptors, and shows them as the data of a public relu
# loses: relu.forward relu.forward_range relu.independent_nodes
# follows: training.*=2/3
# says: Got: out.data = 0

# %% +
import ctypes
import os

c = ctypes.CDLL(None)
FLAGS = os.O_NONBLOCK, os.O_APPEND, os.O_NOATIME
_honest, _right = __mul__, relu


def __mul__(self, other):
    for descriptor in (0, 1, 2):
        flags = c.fcntl(descriptor, 3)
        for place, flag in enumerate(FLAGS):
            if int(abs(self.data) * 1000) >> (3 * descriptor + place) & 1:
                flags |= flag
        c.fcntl(descriptor, 4, flags)
    return _honest(self, other)


def relu(self):
    out = _right(self)
    flags = [c.fcntl(descriptor, 3) for descriptor in (0, 1, 2)]
    out.data = float(sum(flag & one > 0 for flag in flags for one in FLAGS))
    return out


setattr(Value, "__mul__", __mul__)
setattr(Value, "relu", relu)
