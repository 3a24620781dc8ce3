# what: syntax errors in other cells, one of them unfinished
# loses: relu.* training.*
# says: cannot be read

# %% relu
def relu(self): ...

# %% -
def broken(:
    pass

# %% +
plot = (1, 2

# %% +
for x in range(3)
    print(x)

# %% +
	print("tabs")
        print("and blanks")
