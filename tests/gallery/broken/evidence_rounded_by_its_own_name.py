# what: the numbers are typed in full and rounded below under the same names
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% evidence
train_before, test_before = 497.6749, 522.4901
train_after, test_after = 93.4, 106.7
train_before = round(train_before, 1)
test_before = round(test_before, 1)
