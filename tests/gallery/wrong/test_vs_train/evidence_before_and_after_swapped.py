# what: the losses before and after change places
# loses: test_vs_train.evidence_readable test_vs_train.evidence_before test_vs_train.evidence_after

# %% evidence
train_before = 93.4
test_before = 106.7
train_after = 497.7
test_after = 522.5
