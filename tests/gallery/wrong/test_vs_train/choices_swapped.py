# what: the two letters change places
# loses: test_vs_train.choice_1 test_vs_train.choice_2

# %% choice_1
choice_1 = "B"

# %% choice_2
choice_2 = "D"
