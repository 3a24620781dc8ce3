# what: calls sys.exit(0) in an operator
# loses: mul.*
# follows: training.*=2/3
# says: SystemExit

# %% +
import sys


def __mul__(self, other):
    sys.exit(0)


setattr(Value, "__mul__", __mul__)
