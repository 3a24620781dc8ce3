# what: prints 200 MB at once, to both streams
# loses: mul.* training.*

# %% +
import sys


def __mul__(self, other):
    sys.stdout.write("x" * 200_000_000)
    sys.stderr.write("y" * 200_000_000)


setattr(Value, "__mul__", __mul__)
