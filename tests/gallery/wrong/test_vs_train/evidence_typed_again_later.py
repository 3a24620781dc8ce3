# what: right numbers, and wrong ones in a cell below: what is typed last counts
# loses: test_vs_train.evidence_readable test_vs_train.evidence_before test_vs_train.evidence_after relu.* training.*

# %% relu
def relu(self): ...

# %% +
train_before = 337.0
test_after = 10,67
