# what: Cyrillic letters that look like wrong ones
# loses: test_vs_train.choice_1 test_vs_train.choice_2 relu.* training.*

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = "А"

# %% choice_2
choice_2 = "С"
