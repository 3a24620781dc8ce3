# what: the methods live in a plain class and are copied from it onto Value
# loses: nothing

# %% mul
class Operators:
    def product(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def power(self, n):
        out = Value(self.data**n, (self,))

        def _backward():
            self.grad += n * self.data ** (n - 1) * out.grad

        out._backward = _backward
        return out

    def rectify(self):
        out = Value(max(0, self.data), (self,))

        def _backward():
            self.grad += (out.data > 0) * out.grad

        out._backward = _backward
        return out


setattr(Value, "__mul__", Operators.product)
setattr(Value, "__pow__", Operators.power)
setattr(Value, "relu", Operators.rectify)

# %% pow

# %% relu
