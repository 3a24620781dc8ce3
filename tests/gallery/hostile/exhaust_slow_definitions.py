# what: four lines that sleep 0.4 s each while they are loaded, before every probe: none of them is slow, all together are
# loses: mul.forward_range mul.local_gradients_range mul.gradient_with_number mul.square mul.shared_graph mul.independent_nodes pow.forward_exponents pow.local_gradient_exponents pow.chained pow.independent_nodes relu.* training.*
# says: The time for one submission was used up.

# %% relu
def relu(self): ...

# %% -
import time

first = time.sleep(0.4)
second = time.sleep(0.4)
third = time.sleep(0.4)
fourth = time.sleep(0.4)
