# what: the name was another number when it was used
# loses: test_vs_train.evidence_readable test_vs_train.evidence_before test_vs_train.evidence_after relu.* training.*

# %% relu
def relu(self): ...

# %% evidence
a = 497.7
a += 25
train_before = a
test_before = 522.5
for b in (93.4, 1):
    pass
train_after = b
test_after = 106.7
