# what: two numbers in each list: none of them is chosen
# loses: test_vs_train.evidence_readable test_vs_train.evidence_before test_vs_train.evidence_after relu.* training.*
# says: train_before is not a number written out

# %% relu
def relu(self): ...

# %% evidence
train_before = [497.7, 522.5]
test_before = [522.5, 497.7]
train_after = [93.4, 106.7]
test_after = {106.7, 93.4}
