# what: names in the letters of the formula
# loses: nothing

# %% mul
def __mul__(α, β):
    """γ = αβ, so ∂γ/∂α = β and ∂γ/∂β = α; in ASCII \N{GREEK SMALL LETTER GAMMA} = \N{GREEK SMALL LETTER ALPHA}β."""
    β = β if isinstance(β, Value) else Value(β)
    γ = Value(α.data * β.data, (α, β))

    def δ():
        α.grad += β.data * γ.grad
        β.grad += α.data * γ.grad

    γ._backward = δ
    return γ


setattr(Value, "__mul__", __mul__)
