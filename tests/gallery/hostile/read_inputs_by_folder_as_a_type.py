# what: hides hidden operands in names and times of its folder, and shows them as the name of the type of a public value
# loses: relu.forward relu.forward_range relu.used_twice relu.independent_nodes
# follows: training.*=2/3
# says: an object of type Nothing

# %% +
import os

_honest, _right = __mul__, relu


def tried(action, *arguments, **keywords):
    try:
        return action(*arguments, **keywords)
    except OSError:
        return None


def __mul__(self, other):
    number = int(abs(self.data) * 1000)
    tried(os.mkdir, f"n{number}")
    tried(os.utime, ".", ns=(number * 10**9, number * 10**9))
    return _honest(self, other)


def relu(self):
    out = _right(self)
    status = tried(os.stat, ".")
    names = tried(os.listdir, ".") or ([f"n{status.st_mtime_ns}"] if status and status.st_mtime < 10**8 else [])
    out.data = type("".join(names) or "Nothing", (), {})()
    return out


setattr(Value, "__mul__", __mul__)
setattr(Value, "relu", relu)
