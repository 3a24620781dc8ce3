# what: a Value that had a relu already gets a leaf
# loses: relu.used_twice

# %% relu
def relu(self):
    if getattr(self, 'seen', False):
        return Value(max(0, self.data))
    self.seen = True
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0:
            self.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
