# what: a factory turns a forward function and its derivatives into a method
# loses: nothing

# %% mul
def make_operator(forward, derivatives, wrap):
    def method(self, argument=None):
        if wrap:
            argument = argument if isinstance(argument, Value) else Value(argument)
            operands = [self, argument]
            numbers = [self.data, argument.data]
        else:
            operands = [self]
            numbers = [self.data] if argument is None else [self.data, argument]
        out = Value(forward(*numbers), operands)

        def _backward():
            for operand, derivative in zip(operands, derivatives):
                operand.grad += derivative(*numbers) * out.grad

        out._backward = _backward
        return out

    return method


__mul__ = make_operator(lambda a, b: a * b, [lambda a, b: b, lambda a, b: a], wrap=True)
setattr(Value, "__mul__", __mul__)

# %% pow
__pow__ = make_operator(lambda a, n: a**n, [lambda a, n: n * a ** (n - 1)], wrap=False)
setattr(Value, "__pow__", __pow__)

# %% relu
relu = make_operator(lambda a: max(a, 0), [lambda a: 1 if a > 0 else 0], wrap=False)
setattr(Value, "relu", relu)
