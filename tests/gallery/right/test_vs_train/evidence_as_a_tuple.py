# what: the four numbers in tuple assignments, with a comment and units
# loses: nothing

# %% evidence
# thousand dollars squared
train_before, test_before = 497.7, 522.5
[train_after, test_after] = [93.4, 106.7]
