# what: both choices are left blank
# loses: test_vs_train.choice_1 test_vs_train.choice_2

# %% choice_1
choice_1 = ...

# %% choice_2
choice_2 = ""
