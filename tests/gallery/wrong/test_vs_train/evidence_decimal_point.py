# what: one number is ten times too small
# loses: test_vs_train.evidence_readable test_vs_train.evidence_before

# %% evidence
train_before = 49.77
test_before = 522.5
train_after = 93.4
test_after = 106.7
