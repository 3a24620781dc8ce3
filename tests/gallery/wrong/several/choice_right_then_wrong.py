# what: the right letter first, a wrong one in a later cell
# loses: test_vs_train.choice_1

# %% choice_1
choice_1 = "D"

# %% +
choice_1 = "C"
