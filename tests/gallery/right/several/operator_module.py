# what: the operator module's functions and a table of derivatives
# loses: nothing

# %% mul
import operator

DERIVATIVES = {
    "mul": lambda a, b: (b, a),
    "pow": lambda a, n: (n * operator.pow(a, n - 1),),
}


def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(operator.mul(self.data, other.data), (self, other))

    def _backward():
        da, db = DERIVATIVES["mul"](self.data, other.data)
        self.grad = operator.add(self.grad, operator.mul(da, out.grad))
        other.grad = operator.iadd(other.grad, db * out.grad)

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% pow
def __pow__(self, n):
    out = Value(operator.pow(self.data, n), (self,))

    def _backward():
        self.grad += DERIVATIVES["pow"](self.data, n)[0] * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
