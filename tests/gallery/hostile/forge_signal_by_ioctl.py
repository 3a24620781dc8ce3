# what: the same by ioctl, with numbers that have more bits than the kernel looks at
# loses: mul.*
# follows: training.*=2/3
# says: reached 0 of them

# %% +
import ctypes
import os

c = ctypes.CDLL(None)
c.ioctl.argtypes = [ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p]
ASYNC, SET_OWNER, SET_GROUP, GET_OWNER = 0x5452, 0x8901, 0x8902, 0x8903


def __mul__(self, other):
    number, done = ctypes.c_int(os.getpid()), 0
    for descriptor in range(64):
        for command in (ASYNC, SET_OWNER, SET_GROUP, GET_OWNER):
            for upper in (0, 1 << 32, 0xFFFFFFFF << 32):
                done += c.ioctl(descriptor, command | upper, ctypes.addressof(number)) == 0
    raise RuntimeError(f"reached {done} of them")


setattr(Value, "__mul__", __mul__)
