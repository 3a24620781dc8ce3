# what: a subclass of int that lies in every way; it has the right value underneath, and is no plain number
# loses: relu.forward relu.forward_range relu.independent_nodes
# follows: training.*=2/3
# says: out.data is an object of type Lying

# %% relu
class Lying(int):
    __eq__ = __lt__ = __gt__ = __le__ = __ge__ = lambda self, other: True
    __hash__ = int.__hash__
    __repr__ = __str__ = lambda self: "3"
    __int__ = __index__ = __trunc__ = lambda self: 3


def relu(self):
    out = Value(0, (self,))
    out.data = Lying(max(0, self.data))

    def _backward():
        if self.data > 0:
            self.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
