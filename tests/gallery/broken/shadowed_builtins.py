# what: names of built-in functions used as variables, in this namespace and in builtins
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% -
import builtins

sum = 0
list = [1, 2, 3]
max = min = 17.0
set = dict = type = id = input = range = 1
float = "3.5"
isinstance_ = isinstance
print = len = None
builtins.sorted = 5

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
