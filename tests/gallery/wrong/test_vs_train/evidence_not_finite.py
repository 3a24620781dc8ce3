# what: infinity and not-a-number
# loses: test_vs_train.evidence_readable test_vs_train.evidence_before test_vs_train.evidence_after

# %% evidence
train_before = float('nan')
test_before = float('inf')
train_after = 1e999
test_after = -1e999
