# what: a comma behind a number, brackets around one, both
# loses: nothing

# %% evidence
train_before = 497.7,
test_before = [522.5]
train_after = (93.4,)
test_after = ["106.7"]
