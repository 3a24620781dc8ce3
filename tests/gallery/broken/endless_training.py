# what: a training cell that never ends, as a loop, in a function that is called, and in an assignment
# loses: relu.* training.*
# says: took too long and was left out

# %% relu
def relu(self): ...

# %% +
while True:
    network.zero_grad()

# %% +
def train_until(target):
    loss = 500.0
    while loss > target:
        loss = loss * 1.0
    return loss


final_loss = train_until(0)

# %% +
losses = [train_until(0) for epoch in range(10**9)]
