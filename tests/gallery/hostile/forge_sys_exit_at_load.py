# what: calls sys.exit(0) while it is loaded
# loses: relu.* training.*
# says: raised SystemExit

# %% relu
def relu(self): ...

# %% -
import sys


class Leave:
    sys.exit(0)
