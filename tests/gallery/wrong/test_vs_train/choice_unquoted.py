# what: a letter without quotes is a name
# loses: test_vs_train.choice_1 test_vs_train.choice_2

# %% choice_1
choice_1 = D

# %% choice_2
choice_2 = B
