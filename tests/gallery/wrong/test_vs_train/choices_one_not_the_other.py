# what: one letter chosen and another one rejected, in a sentence
# loses: test_vs_train.choice_1 test_vs_train.choice_2 relu.* training.*
# says: choice_1 is several letters (type the one that you mean

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = "I think D, not A"

# %% choice_2
choice_2 = "B, or maybe D"
