# what: letters whose reason speaks of other letters, behind a colon and a dash
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = "D: not A, as both are means"

# %% choice_2
choice_2 = "**B** – A would let the loss climb again"
