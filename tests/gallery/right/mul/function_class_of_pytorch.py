# what: PyTorch's Function with ctx.save_for_backward
# loses: nothing

# %% mul
class Context:
    def save_for_backward(self, *tensors):
        self.saved_tensors = tensors


class Function:
    @classmethod
    def apply(cls, *inputs):
        inputs = [x if isinstance(x, Value) else Value(x) for x in inputs]
        ctx = Context()
        out = Value(cls.forward(ctx, *(x.data for x in inputs)), tuple(inputs))

        def _backward():
            grads = cls.backward(ctx, out.grad)
            for x, g in zip(inputs, grads if isinstance(grads, tuple) else (grads,)):
                x.grad = x.grad + g

        out._backward = _backward
        return out


class Mul(Function):
    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return a * b

    @staticmethod
    def backward(ctx, grad_output):
        a, b = ctx.saved_tensors
        return grad_output * b, grad_output * a


def __mul__(self, other):
    return Mul.apply(self, other)


setattr(Value, "__mul__", __mul__)
