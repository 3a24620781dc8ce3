# what: four decimals, and one number cut off instead of rounded
# loses: nothing

# %% evidence
train_before = 497.6749
test_before: float = 522.4
train_after = np.float64(93.4)
test_after = 1.067e2
