# what: the numbers are typed in rightly, and the same names are computed again in a cell below
# loses: test_vs_train.evidence_readable test_vs_train.evidence_before

# %% +
train_before, test_before = measure(build_network())
