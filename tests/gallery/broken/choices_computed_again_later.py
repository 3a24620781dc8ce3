# what: a cell below asks for the letters again and computes with them
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% +
choice_1 = choice_1.lower()
choice_2 = sorted(["A", choice_2])[1]
