# what: the plain power is returned
# loses: pow.forward pow.forward_exponents pow.node pow.only_child pow.local_gradient pow.local_gradient_exponents pow.accumulates pow.independent_nodes
# follows: training.*=2/3 pow.chained
# names: pow.returns_number

# %% pow
def __pow__(self, n):
    out = self.data**n
    return out


setattr(Value, "__pow__", __pow__)
