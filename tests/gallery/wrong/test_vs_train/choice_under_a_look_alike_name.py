# what: the name of the answer has a Cyrillic letter in it
# loses: test_vs_train.choice_1

# %% choice_1
сhoice_1 = "D"
