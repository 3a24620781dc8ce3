# what: the numbers are read off the plot, one update apart
# loses: test_vs_train.evidence_readable test_vs_train.evidence_before test_vs_train.evidence_after

# %% evidence
train_before = 497.7
test_before = 337.0
train_after = 96.4
test_after = 106.7
