# what: letters whose reason speaks of other letters, behind because and a full stop
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = "D because A is wrong"

# %% choice_2
choice_2 = "B. The D feature misleads, and A or C would show in the plot"
