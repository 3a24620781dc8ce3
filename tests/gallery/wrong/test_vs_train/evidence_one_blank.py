# what: one loss is left blank
# loses: test_vs_train.evidence_readable test_vs_train.evidence_after

# %% evidence
train_before = 497.7
test_before = 522.5
train_after = 93.4
test_after = None
