# what: x / |x| as sign fails at exactly 0, forward and back
# loses: relu.forward relu.at_zero relu.independent_nodes
# follows: training.*=2/3

# %% relu
def relu(self):
    out = Value(self.data * (1 + self.data / abs(self.data)) / 2, (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
