# what: only the questions at the end are answered
# loses: mul.* pow.* relu.* training.*

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
