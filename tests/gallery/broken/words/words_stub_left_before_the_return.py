# what: relu is written, but runs into the line that stood in the blank
# loses: relu.* training.*
# says: relu still runs into the line that stood in the blank

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0:
            self.grad += out.grad

    out._backward = _backward
    raise NotImplementedError("Question relu: relu is still blank")


setattr(Value, "relu", relu)
