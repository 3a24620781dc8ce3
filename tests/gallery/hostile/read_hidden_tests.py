# what: opens the hidden tests where stock otter keeps them, and raises what they say
# loses: mul.* pow.* relu.* training.*
# says: PermissionError

# %% pow
def __pow__(self, exponent): ...

# %% relu
def relu(self): ...

# %% +
def __mul__(self, other):
    raise RuntimeError(open("/CANARY/autograder/source/tests/mul.py").read())


setattr(Value, "__mul__", __mul__)
