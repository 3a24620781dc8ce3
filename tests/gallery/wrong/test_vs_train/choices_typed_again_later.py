# what: right letters, and others in a cell below: what is typed last counts
# loses: test_vs_train.choice_1 test_vs_train.choice_2 relu.* training.*

# %% relu
def relu(self): ...

# %% +
choice_1 = "B"
choice_2 = "A or B"
