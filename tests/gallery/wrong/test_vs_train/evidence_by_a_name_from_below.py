# what: the name gets its number in a cell below
# loses: test_vs_train.evidence_readable test_vs_train.evidence_before test_vs_train.evidence_after relu.* training.*

# %% relu
def relu(self): ...

# %% evidence
train_before = a
test_before = 522.5
train_after = b
test_after = 106.7

# %% +
a = 497.7
b = 93.4
