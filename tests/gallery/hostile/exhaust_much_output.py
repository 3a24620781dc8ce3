# what: prints 200 MB at once, to both streams, then gives up: in time or not, depending on the machine
# loses: mul.* training.*

# %% +
import sys


def __mul__(self, other):
    sys.stdout.write("x" * 200_000_000)
    sys.stderr.write("y" * 200_000_000)
    raise RuntimeError("that was all")


setattr(Value, "__mul__", __mul__)
