# what: the middle of the work: the product done, the power not yet attached, relu without its gradient, one question left
# loses: relu.local_gradient test_vs_train.choice_2
# follows: relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes training.*=2/3
# names: relu.no_gradient

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))
    return out


setattr(Value, "relu", relu)

# %% choice_2
choice_2 = ...
