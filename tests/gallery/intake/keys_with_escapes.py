# what: keys written with escapes, which every reader of JSON takes for the same: source, cells, outputs
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
text = json.dumps(notebook)
for name in ("source", "cells", "outputs", "cell_type", "metadata", "tags"):
    text = text.replace(f'"{name}":', '"' + "".join(f"\\u{ord(letter):04x}" for letter in name) + '":')
(folder / "autodiff.ipynb").write_text(text)
