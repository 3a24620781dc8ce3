# what: the name of relu has a Cyrillic letter in it, in the definition and in the text that attaches it
# loses: relu.* training.*

# %% relu
def rеlu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0:
            self.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "rеlu", rеlu)
