# what: relu makes a gate after its node and adds it to the children, so a child is younger than its user
# loses: nothing

# %% relu
def relu(self):
    out = Value(max(self.data, 0.0), (self,))
    gate = Value(1.0 if self.data > 0 else 0.0, (self,))
    out._prev.add(gate)

    def _backward():
        self.grad += gate.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
