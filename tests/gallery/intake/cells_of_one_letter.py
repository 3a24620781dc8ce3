# what: three quarters of a million cells of text with one letter each after those of an honest notebook
# loses: *
# says: more than 250,000 cells, lines and fields

# %% files
cell = json.dumps({"cell_type": "markdown", "source": "a"}) + ","
before, after = json.dumps({**notebook, "cells": [*notebook["cells"], "here"]}).split('"here"')
(folder / "autodiff.ipynb").write_text(before + cell * 750_000 + cell[:-1] + after)
