# what: a Value whose nodes have numbers, so that `backward` goes through them in that order; the operators need the number
# loses: nothing

# %% mul
class Value:
    made = 0

    def __init__(self, data, _children=()):
        Value.made += 1
        self.number = Value.made
        self.data, self.grad = float(data), 0
        self._backward = lambda: None
        self._prev = set(_children)

    def backward(self):
        found, waiting = {self.number: self}, [self]
        while waiting:
            for child in waiting.pop()._prev:
                if child.number not in found:
                    found[child.number] = child
                    waiting.append(child)
        self.grad = 1
        for number in sorted(found, reverse=True):
            found[number]._backward()

    def __gt__(self, other):
        return self.data > other


def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))
    assert out.number > self.number and out.number > other.number

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% relu
def relu(self):
    out = Value(self.data if self > 0 else 0, (self,))

    def _backward():
        if self > 0:
            self.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
