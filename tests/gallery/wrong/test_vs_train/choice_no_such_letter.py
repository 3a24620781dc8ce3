# what: a letter that is no option
# loses: test_vs_train.choice_1

# %% choice_1
choice_1 = "F"
