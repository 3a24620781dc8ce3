# what: names in full-width and mathematical letters, which Python itself takes for the plain ones
# loses: nothing

# %% relu
def ｒｅｌｕ(self):
    out = Value(max(0, 𝐬𝐞𝐥𝐟.data), (self,))

    def _backward():
        if self.data > 0:
            self.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
