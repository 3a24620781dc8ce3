# what: nested tuples, a power, a rounding of NumPy's, keywords
# loses: nothing

# %% evidence
(train_before, test_before), train_after = (22.309**2, round(522.4901, ndigits=1)), abs(-93.4)
test_after = np.round(106.7123, 1)
