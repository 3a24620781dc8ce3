# what: a Cyrillic d and a Greek B that look the same as the right letters
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = "ԁ"

# %% choice_2
choice_2 = "Β."
