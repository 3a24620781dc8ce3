# what: own tests, plots, magics, help, timing and scratch work in cells before and after
# loses: nothing

# %% -
%matplotlib inline
%load_ext autoreload
import math, sys
!pip list
scratch = [x**2 for x in range(10)]

# %% -
def numerical_gradient(f, x, h=1e-6):
    return (f(x + h) - f(x - h)) / (2 * h)


print(numerical_gradient(math.sin, 0.0))

# %% +
a = Value(2.0)
b = Value(-3.0)
c = a * b + a**3
c.backward()
assert abs(a.grad - (b.data + 3 * a.data**2)) < 1e-9
print(a.grad, b.grad)

# %% +
%%time
total = 0
for k in range(1000):
    total += k
plt.plot([1, 2, 3])
plt.show()

# %% +
Value?
help(Value)
