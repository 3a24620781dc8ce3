# what: the provided methods replaced by ones that do the operators' work, the operators themselves wrong
# loses: mul.forward mul.forward_numbers mul.forward_range mul.children mul.local_gradients mul.local_gradients_range mul.gradient_with_number mul.accumulates mul.square mul.shared_graph mul.independent_nodes
# follows: training.*=2/3

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
