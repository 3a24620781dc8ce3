# what: a sentence instead of a letter
# loses: test_vs_train.choice_1

# %% choice_1
choice_1 = "because the test loss is measured after the update"
