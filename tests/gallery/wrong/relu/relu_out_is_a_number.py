# what: the result is not wrapped, and the inner function attached to a number
# loses: relu.*
# follows: training.*=2/3
# names: relu.out_is_a_number

# %% relu
def relu(self):
    out = max(0, self.data)

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
