# what: names that stand for the numbers, one of them for another name
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% -
before = 497.7
after = train = 93.4

# %% evidence
b = 522.4901
a = before
train_before = a
test_before = round(b, 1)
train_after = train
test_after = 106.7
