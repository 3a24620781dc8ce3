# what: a memory from probe to probe: keys in the keyrings of the session and of the user
# loses: relu.*
# follows: training.*=2/3
# says: remembered nothing

# %% +
import ctypes
import os

c = ctypes.CDLL(None)

ADD, CONTROL = {"x86_64": (248, 250), "aarch64": (217, 219)}[os.uname().machine]
RINGS = -2, -3, -4, -5  # of the process, of the session, of the user, of the user's session

_honest = __mul__


def write():
    for ring in RINGS:
        c.syscall(ADD, b"user", b"mark", b"1", 1, ring)
        c.syscall(CONTROL, 1, b"mark")  # KEYCTL_JOIN_SESSION_KEYRING


def read():
    found = []
    for ring in RINGS:
        found += [ring] * (c.syscall(CONTROL, 10, ring, b"user", b"mark", 0) > 0)  # KEYCTL_SEARCH
        text = ctypes.create_string_buffer(100)
        found += [text.value] if c.syscall(CONTROL, 6, ring, text, 100) > 0 and b"mark" in text.value else []
    return found


def __mul__(self, other):
    write()
    return _honest(self, other)


def relu(self):
    raise RuntimeError(f"remembered {read() or 'nothing'}")


setattr(Value, "__mul__", __mul__)
setattr(Value, "relu", relu)
