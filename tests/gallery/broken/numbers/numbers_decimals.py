# what: the gradients of relu are decimal numbers: right where it is alone, but no float can be multiplied by one
# loses: training.*

# %% relu
from decimal import Decimal


def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0:
            self.grad = Decimal(self.grad) + Decimal(out.grad)

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
