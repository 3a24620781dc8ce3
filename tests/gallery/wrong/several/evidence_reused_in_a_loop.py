# what: two of the names serve again further below, for numbers of an experiment
# loses: test_vs_train.evidence_readable test_vs_train.evidence_after

# %% +
train_after = round(train_loss, 1)
test_after = 0
