# what: the right letters with a not before them
# loses: test_vs_train.choice_1 test_vs_train.choice_2 relu.* training.*
# says: choice_1 is not a letter from A to E in quotes

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = "not D"

# %% choice_2
choice_2 = "Not B."
