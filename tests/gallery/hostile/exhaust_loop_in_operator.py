# what: an endless loop in one operator, which keeps every exception to itself
# loses: mul.* pow.* relu.* training.*
# says: is there a loop that does not end?

# %% mul
def __mul__(self, other): ...

# %% pow
def __pow__(self, n):
    while True:
        try:
            while True:
                n += 1
        except BaseException:
            pass


setattr(Value, "__pow__", __pow__)

# %% relu
def relu(self): ...
