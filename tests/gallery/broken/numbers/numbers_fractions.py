# what: the gradients of relu are fractions
# loses: nothing

# %% relu
from fractions import Fraction


def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0:
            self.grad = Fraction(self.grad) + Fraction(out.grad)

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
