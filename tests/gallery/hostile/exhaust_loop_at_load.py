# what: endless loops while it is loaded: an assignment, a class body, an import of its own
# loses: relu.* training.*
# says: took too long and was left out

# %% relu
def relu(self): ...

# %% -
from itertools import count

last = [n for n in count() if n < 0]

# %% +
class Endless:
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
