# what: unknown fields and kinds of cells, attachments and widgets
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% notebook
for number, cell in enumerate(notebook["cells"]):
    cell |= {"attachments": {"a.png": {}}, "level": number, "collapsed": "no", "\ud800": [[]], "": {"": None}}
notebook["cells"] += [{"cell_type": "heading", "level": 1, "source": "x"}, {"cell_type": "raw", "source": ["y"]}]
notebook["widgets"] = {"state": {}}
