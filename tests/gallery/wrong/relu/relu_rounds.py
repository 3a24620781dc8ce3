# what: the output is rounded to whole numbers
# loses: relu.forward relu.forward_range relu.independent_nodes
# follows: training.*=2/3

# %% relu
def relu(self):
    out = Value(round(max(0, self.data)), (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
