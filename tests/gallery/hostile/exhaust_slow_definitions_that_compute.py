# what: computes for 0.47 s while it is loaded, which is not yet too slow, and that before every probe
# loses: mul.local_gradients_range mul.gradient_with_number mul.square mul.shared_graph mul.independent_nodes pow.* relu.* training.*
# says: The time for one submission was used up.

# %% pow
def __pow__(self, exponent): ...

# %% relu
def relu(self): ...

# %% -
import time


def compute(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


table = compute(0.47)
