# what: the losses of a network trained on standardised features
# loses: test_vs_train.evidence_readable test_vs_train.evidence_before test_vs_train.evidence_after

# %% evidence
train_before = 588.2
test_before = 605.1
train_after = 21.3
test_after = 24.9
