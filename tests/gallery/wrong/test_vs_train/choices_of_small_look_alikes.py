# what: a small Cyrillic letter that has only the shape of a capital one, and a mathematical sign
# loses: test_vs_train.choice_1 test_vs_train.choice_2 relu.* training.*

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = "∂"

# %% choice_2
choice_2 = "в"
