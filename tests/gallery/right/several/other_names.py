# what: other names everywhere, the solution's structure
# loses: nothing

# %% mul
def __mul__(left, right):
    if not isinstance(right, Value):
        right = Value(right)
    product = Value(left.data * right.data, (left, right))

    def pass_gradient_on():
        left.grad += right.data * product.grad
        right.grad += left.data * product.grad

    product._backward = pass_gradient_on
    return product


setattr(Value, "__mul__", __mul__)

# %% pow
def __pow__(base, k):
    result = Value(base.data**k, (base,))

    def pass_gradient_on():
        base.grad += result.grad * k * base.data ** (k - 1)

    result._backward = pass_gradient_on
    return result


setattr(Value, "__pow__", __pow__)

# %% relu
def relu(x):
    y = Value(x.data if x.data > 0 else 0, (x,))

    def pass_gradient_on():
        x.grad += y.grad if x.data > 0 else 0

    y._backward = pass_gradient_on
    return y


setattr(Value, "relu", relu)
