# what: the numbers in full-width digits and with the decimal separator of Arabic, as text
# loses: test_vs_train.evidence_readable test_vs_train.evidence_before

# %% evidence
train_before = "４９７．７"
test_before = "٥٢٢٫٥"
train_after = 93.4
test_after = 106.7
