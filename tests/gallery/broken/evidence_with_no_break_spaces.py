# what: no-break spaces and blanks of no width in and around the numbers: no Python
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% evidence
train_before = 497.7
 test_before = 522.5 
train_after = 93.4​
test_after = " 106.7 "
