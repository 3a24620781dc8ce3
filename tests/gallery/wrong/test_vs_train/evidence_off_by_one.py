# what: one number is off by one
# loses: test_vs_train.evidence_before

# %% evidence
train_before = 497.7
test_before = 523.5
train_after = 93.4
test_after = 106.7
