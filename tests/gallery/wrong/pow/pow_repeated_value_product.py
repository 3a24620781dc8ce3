# what: a chain of products, which records no direct child and knows whole exponents only
# loses: pow.forward pow.forward_exponents pow.local_gradient pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# follows: training.*=2/3

# %% pow
def __pow__(self, n):
    out = self
    for _ in range(n - 1):
        out = out * self
    return out


setattr(Value, "__pow__", __pow__)
