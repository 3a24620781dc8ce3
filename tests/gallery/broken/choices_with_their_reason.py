# what: letters with the reason behind a comma, and behind because
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = "D, because the training loss of an epoch is measured first"

# %% choice_2
choice_2 = "B because the gap is there before any training"
