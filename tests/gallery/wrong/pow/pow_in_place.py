# what: the base is changed in place and returned
# loses: pow.node pow.local_gradient pow.local_gradient_exponents pow.accumulates
# follows: training.*=2/3 pow.only_child pow.chained pow.independent_nodes
# names: pow.in_place

# %% pow
def __pow__(self, n):
    self.data **= n
    return self


setattr(Value, "__pow__", __pow__)
