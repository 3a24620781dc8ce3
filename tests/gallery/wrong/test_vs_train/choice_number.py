# what: the number of the option instead of its letter
# loses: test_vs_train.choice_1 test_vs_train.choice_2

# %% choice_1
choice_1 = 4

# %% choice_2
choice_2 = 2
