# what: a global counter and logging for debugging
# loses: nothing

# %% mul
import logging
from collections import Counter

calls = 0
log = logging.getLogger(__name__)
counter = Counter()


def __mul__(self, other):
    global calls
    calls += 1
    counter["mul"] += 1
    log.debug("mul %s %s", self, other)
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
print(calls)
