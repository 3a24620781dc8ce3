# what: the inner function is attached as `backward`, which nothing calls on an inner node
# loses: relu.accumulates relu.at_zero relu.independent_nodes relu.local_gradient* relu.used_twice training.*
# names: relu.no_gradient

# %% relu
def relu(self):
    out = Value(max(self.data, 0), (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out.backward = _backward
    return out


setattr(Value, "relu", relu)
