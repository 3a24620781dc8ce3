# what: the base is changed in place and returned
# loses: pow.node pow.local_gradient
# follows: training.*=2/3 pow.only_child pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# names: pow.in_place

# %% pow
def __pow__(self, n):
    self.data **= n
    return self


setattr(Value, "__pow__", __pow__)
