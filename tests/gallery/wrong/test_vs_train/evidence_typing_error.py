# what: two digits change places
# loses: test_vs_train.evidence_after

# %% evidence
train_before = 497.7
test_before = 522.5
train_after = 94.3
test_after = 106.7
