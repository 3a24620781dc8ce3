# what: the operation's name of another tutorial is a third argument of Value
# loses: relu.*
# follows: training.*=2/3
# names: relu.too_many_arguments

# %% relu
def relu(self):
    out = Value(0 if self.data < 0 else self.data, (self,), 'ReLU')

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
