# what: the absolute value forward, relu's mask backward
# loses: relu.forward relu.forward_range
# follows: training.*=2/3 relu.independent_nodes
# names: relu.absolute_value_with_mask

# %% relu
def relu(self):
    out = Value(abs(self.data), (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
