# what: the inner function is attached as `backward`, which nothing calls on an inner node
# loses: relu.local_gradient
# follows: relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes training.*=2/3
# names: relu.no_gradient

# %% relu
def relu(self):
    out = Value(max(self.data, 0), (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out.backward = _backward
    return out


setattr(Value, "relu", relu)
