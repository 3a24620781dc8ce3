# what: the data is compared with 1, the gradient with 0
# loses: relu.forward relu.forward_range
# follows: training.*=2/3 relu.independent_nodes
# names: relu.at_least_one

# %% relu
def relu(self):
    out = Value(max(1, self.data), (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
