# what: sentences that begin with the right letter, or with an article
# loses: test_vs_train.choice_1 test_vs_train.choice_2 relu.* training.*
# says: choice_2 is not a letter from A to E in quotes

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = "Different moments: one is measured before the update"

# %% choice_2
choice_2 = "Because the gap is there from the start"
