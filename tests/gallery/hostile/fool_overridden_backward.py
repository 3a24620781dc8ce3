# what: the provided methods replaced by ones that do the operators' work, the operators themselves wrong
# loses: mul.[!n]* training.*

# %% mul
def __mul__(self, other):
    return Value(self.data)


setattr(Value, "__mul__", __mul__)


def backward(self):
    for node in self._prev:
        node.grad = 1.0


def anything(self, *args):
    return Value(497.6749)


setattr(Value, "backward", backward)
setattr(Value, "__add__", anything)
Value.__radd__ = Value.__sub__ = Value.__neg__ = Value.__init__ = Value.__setattr__ = anything
Layer.__call__ = Network.__call__ = anything
Network.zero_grad = Network.update = anything
