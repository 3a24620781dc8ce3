# what: training and test losses change places, before and after
# loses: test_vs_train.evidence_before test_vs_train.evidence_after

# %% evidence
train_before = 522.5
test_before = 497.7
train_after = 106.7
test_after = 93.4
