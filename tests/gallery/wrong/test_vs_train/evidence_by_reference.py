# what: the numbers are computed by the notebook instead of typed in
# loses: test_vs_train.evidence_readable test_vs_train.evidence_before test_vs_train.evidence_after

# %% evidence
train_before = train_losses[0]
test_before = measure(build_network())[1]
train_after = measure(network)[0]
test_after = test_losses[-1]
