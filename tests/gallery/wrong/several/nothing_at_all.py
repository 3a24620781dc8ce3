# what: the skeleton as it was handed out
# loses: mul.* pow.* relu.* training.* test_vs_train.*

# %% mul
def __mul__(self, other):
    raise NotImplementedError("Question mul: __mul__ is still blank")


setattr(Value, "__mul__", __mul__)

# %% pow
def __pow__(self, exponent):
    raise NotImplementedError("Question pow: __pow__ is still blank")


setattr(Value, "__pow__", __pow__)

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: relu is still blank")


setattr(Value, "relu", relu)

# %% evidence
train_before = ...
test_before = ...
train_after = ...
test_after = ...

# %% choice_1
choice_1 = ...

# %% choice_2
choice_2 = ...
