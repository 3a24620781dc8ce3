# what: names that stand for the numbers, one of them for another name
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% -
start = 497.7
finish = train = 93.4

# %% evidence
b = 522.4901
a = start
train_before = a
test_before = round(b, 1)
train_after = train
test_after = 106.7
