# what: relu as max of Values, by __gt__ of the student's own
# loses: nothing

# %% relu
def __gt__(self, other):
    return self.data > (other.data if isinstance(other, Value) else other)


def __lt__(self, other):
    return self.data < (other.data if isinstance(other, Value) else other)


setattr(Value, "__gt__", __gt__)
setattr(Value, "__lt__", __lt__)


def relu(self):
    out = Value(max(self, Value(0)).data, (self,))

    def _backward():
        self.grad += out.grad if self > 0 else 0

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
