# what: the letter alone in a list, and with a comma behind it
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = ["D"]

# %% choice_2
choice_2 = "B",
