# what: keeps the operands of all products wherever a process can keep something, and tells them in a public check
# loses: relu.*
# follows: training.*=2/3
# says: kept nothing

# %% +
import builtins
import os
import sys

SEEN = []
_honest = __mul__


def __mul__(self, other):
    SEEN.append(self.data)
    sys.seen = builtins.seen = Value.seen = Value.__init__.__dict__["seen"] = SEEN
    os.environ["SEEN"] = " ".join(map(str, SEEN[-100:]))
    return _honest(self, other)


def relu(self):
    kept = SEEN or getattr(sys, "seen", "") or getattr(builtins, "seen", "") or os.environ.get("SEEN")
    kept = kept or getattr(Value, "seen", "") or Value.__init__.__dict__.get("seen")
    raise RuntimeError(f"kept {kept or 'nothing'}")


setattr(Value, "__mul__", __mul__)
setattr(Value, "relu", relu)
