# what: all letters in a list
# loses: test_vs_train.choice_2

# %% choice_2
choice_2 = ["A", "B", "C", "D", "E"]
