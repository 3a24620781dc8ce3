# what: digits that are raised are no digits of the number
# loses: test_vs_train.evidence_readable test_vs_train.evidence_before test_vs_train.evidence_after relu.* training.*

# %% relu
def relu(self): ...

# %% evidence
train_before = "49.77¹"
test_before = "522.5"
train_after = "93.4"
test_after = "10⁶.7"
