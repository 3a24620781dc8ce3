# what: math is used in `__pow__` and imported nowhere: only the powers fail, and the message names it
# loses: pow.*
# follows: training.*=2/3
# names: pow.unknown_name
# says: name 'math' is not defined

# %% pow
def __pow__(self, n):
    out = Value(math.pow(self.data, n), (self,))

    def _backward():
        self.grad += n * math.pow(self.data, n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
