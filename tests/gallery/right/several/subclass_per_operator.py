# what: abstract base class with one subclass an operator, registered by __init_subclass__
# loses: nothing

# %% mul
from abc import ABC, abstractmethod


class Op(ABC):
    def __init_subclass__(cls, name, **kwargs):
        super().__init_subclass__(**kwargs)

        def method(self, *others):
            return cls()(self, *others)

        setattr(Value, name, method)

    def __call__(self, *operands):
        self.operands = [x if isinstance(x, Value) else Value(x) for x in operands]
        out = Value(self.value(*(x.data for x in self.operands)), self.operands)

        def _backward():
            for x, slope in zip(self.operands, self.slopes(*(x.data for x in self.operands))):
                x.grad += slope * out.grad

        out._backward = _backward
        return out

    @abstractmethod
    def value(self, *numbers): ...

    @abstractmethod
    def slopes(self, *numbers): ...


class Mul(Op, name="__mul__"):
    def value(self, a, b):
        return a * b

    def slopes(self, a, b):
        return b, a


class ReLU(Op, name="relu"):
    def value(self, a):
        return max(a, 0.0)

    def slopes(self, a):
        return (float(a > 0),)
# %% relu
