# what: int() turns a mask for 0.5 into 0
# loses: relu.local_gradient_range
# follows: training.*=2/3
# names: relu.mask_at_one

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += (int(self.data) > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
