# what: a wrong letter for the first question
# loses: test_vs_train.choice_1

# %% choice_1
choice_1 = "A"
