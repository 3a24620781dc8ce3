# what: the numbers in full-width digits, with the decimal separator of Arabic, and without quotes
# loses: nothing

# %% evidence
train_before = "４９７．７"
test_before = "٥٢٢٫٥"
train_after = ９３．４
test_after = 106.7
