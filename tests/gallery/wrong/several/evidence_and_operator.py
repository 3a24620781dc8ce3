# what: a fault in relu and the curves' numbers as evidence
# loses: relu.local_gradient test_vs_train.evidence_readable test_vs_train.evidence_before test_vs_train.evidence_after
# follows: relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes training.*=2/3
# names: relu.no_mask

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)

# %% evidence
train_before = 497.7
test_before = 337.0
train_after = 96.4
test_after = 106.7
