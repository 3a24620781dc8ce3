# what: ReLU, as in many libraries: the report says which name was asked for
# loses: relu.* training.*
# says: A function ReLU was found; the question asks for relu.

# %% relu
def ReLU(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0:
            self.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "ReLU", ReLU)
