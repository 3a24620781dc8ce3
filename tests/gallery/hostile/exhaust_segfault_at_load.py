# what: reads address 0 while it is loaded
# loses: relu.* training.*
# says: ended the program and was left out

# %% relu
def relu(self): ...

# %% -
import ctypes

text = ctypes.string_at(0)
