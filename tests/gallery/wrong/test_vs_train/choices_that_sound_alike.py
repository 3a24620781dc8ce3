# what: Cyrillic letters that sound like the right ones and do not look like them
# loses: test_vs_train.choice_1 test_vs_train.choice_2 relu.* training.*
# says: not a letter from A to E in quotes

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = "Д"

# %% choice_2
choice_2 = "Б"
