# what: words around the numbers
# loses: test_vs_train.evidence_readable test_vs_train.evidence_before test_vs_train.evidence_after

# %% evidence
train_before = "about 497.7"
test_before = "roughly 522.5 thousand"
train_after = "93.4 or so"
test_after = "it fell to 106.7"
