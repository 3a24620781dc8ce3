# what: a full-width comma makes a tuple
# loses: test_vs_train.evidence_readable test_vs_train.evidence_before test_vs_train.evidence_after relu.* training.*

# %% relu
def relu(self): ...

# %% evidence
train_before = ４９７，７
test_before = ５２２，５
train_after = ９３，４
test_after = １０６，７
