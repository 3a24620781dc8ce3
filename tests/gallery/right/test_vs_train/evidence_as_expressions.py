# what: the evidence as literal expressions and rounded literals
# loses: nothing

# %% evidence
train_before = 497 + 0.7
test_before = round(522.5123, 1)
train_after = 934 / 10
test_after = float(106.7)
