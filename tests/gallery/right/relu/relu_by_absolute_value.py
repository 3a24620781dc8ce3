# what: relu as half of x plus its absolute value, its slope as half of 1 plus the sign
# loses: nothing

# %% relu
def relu(self):
    out = Value((self.data + abs(self.data)) / 2, (self,))

    def _backward():
        sign = (self.data > 0) - (self.data < 0)
        self.grad += (1 + sign) / 2 * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
