# what: an endless loop in one operator, which keeps every exception to itself
# loses: pow.* training.*
# says: is there a loop that does not end?

# %% pow
def __pow__(self, n):
    while True:
        try:
            while True:
                n += 1
        except BaseException:
            pass


setattr(Value, "__pow__", __pow__)
