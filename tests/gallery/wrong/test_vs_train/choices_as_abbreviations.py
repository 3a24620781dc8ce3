# what: abbreviations and a name that begin with the right letter and a mark
# loses: test_vs_train.choice_1 test_vs_train.choice_2 relu.* training.*

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = "D.C. voltage"

# %% choice_2
choice_2 = "b/c the gap is there from the start"
