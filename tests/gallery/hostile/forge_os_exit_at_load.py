# what: ends the process at once while it is loaded
# loses: relu.* training.*
# says: ended the program and was left out

# %% relu
def relu(self): ...

# %% -
import os

left = os._exit(0)
