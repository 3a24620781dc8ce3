# what: HTML, markdown and links in exceptions and in names of classes
# loses: mul.* relu.*
# follows: training.*=1/3
# says: <script>alert(1)</script>

# %% mul
def __mul__(self, other):
    raise RuntimeError("<script>alert(1)</script> [full marks](javascript:alert(1)) ![x](http://127.0.0.1/x) `code`")


setattr(Value, "__mul__", __mul__)

# %% relu
Odd = type("<b>100</b>|`x`\n\n# Score: 100", (), {})


def relu(self):
    return Value(Odd(), (self,))


setattr(Value, "relu", relu)
