# what: three million empty cells after those of an honest notebook
# loses: *
# says: more than 250,000 cells, lines and fields

# %% files
before, after = json.dumps({**notebook, "cells": [*notebook["cells"], "here"]}).split('"here"')
(folder / "autodiff.ipynb").write_text(before + "{}," * 3_000_000 + "{}" + after)
