# what: the forward kink is at 0, that of the mask at 1
# loses: relu.local_gradient_range
# follows: training.*=2/3
# names: relu.mask_at_one

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += (self.data > 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
