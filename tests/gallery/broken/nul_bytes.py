# what: NUL bytes and other control characters in the sources, as a broken disk leaves them
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% notebook
for cell in notebook["cells"]:
    source = "".join(cell["source"])
    cell["source"] = source.replace("return", "\0return").replace("\n", "\r\n") + "\0\0"
