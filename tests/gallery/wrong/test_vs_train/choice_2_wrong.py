# what: a wrong letter for the second question
# loses: test_vs_train.choice_2

# %% choice_2
choice_2 = "C"
