# what: the right letter, and another one in Cyrillic or full width
# loses: test_vs_train.choice_1 test_vs_train.choice_2 relu.* training.*
# says: choice_1 is several letters

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = "D, В"

# %% choice_2
choice_2 = "Ｂ，Ｄ"
