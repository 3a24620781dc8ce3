# what: a weak reference to the result, so that no cycle has to be collected
# loses: nothing

# %% relu
from weakref import ref


def relu(self):
    out = Value(max(self.data, 0), (self,))
    result = ref(out)

    def _backward():
        self.grad += (self.data > 0) * result().grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
