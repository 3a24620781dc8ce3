# what: rounded to tens
# loses: test_vs_train.evidence_before test_vs_train.evidence_after

# %% evidence
train_before = 500
test_before = 520
train_after = 90
test_after = 110
