# what: the letter is a Cyrillic one that looks like the right one
# loses: test_vs_train.choice_2

# %% choice_2
choice_2 = "В"
