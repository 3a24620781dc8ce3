# what: `%timeit` with options before the line that attaches
# loses: nothing

# %% pow
def power(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


%timeit -n 1 -r 1 setattr(Value, "__pow__", power)
x = %time Value(2)
