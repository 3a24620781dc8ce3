# what: the numbers are typed under other names
# loses: test_vs_train.evidence_readable test_vs_train.evidence_before test_vs_train.evidence_after

# %% evidence
before_train = 497.7
before_test = 522.5
after_train = 93.4
after_test = 106.7
