# what: parameter names that hide built-ins and one-letter names
# loses: nothing

# %% mul
def __mul__(self, float):
    float = float if isinstance(float, Value) else Value(float)
    sum = Value(self.data * float.data, (self, float))

    def _backward():
        self.grad += float.data * sum.grad
        float.grad += self.data * sum.grad

    sum._backward = _backward
    return sum


setattr(Value, "__mul__", __mul__)

# %% pow
def __pow__(x, int):
    list = Value(x.data**int, (x,))

    def f():
        x.grad += int * x.data ** (int - 1) * list.grad

    list._backward = f
    return list


setattr(Value, "__pow__", __pow__)
