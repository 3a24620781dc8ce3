# what: exceptions that paint the terminal, change its title and ring its bell
# loses: mul.* pow.* relu.* training.*
# says: RuntimeError: red

# %% pow
def __pow__(self, exponent): ...

# %% relu
def relu(self): ...

# %% +
def __mul__(self, other):
    raise RuntimeError("\x1b[31m\x1b]0;title\x07red\x1b[2J\x1b[H\x9b31m\x07\x08\r\x00")


setattr(Value, "__mul__", __mul__)
