# what: duplicate fields in cells: the last one counts, as for every reader of JSON
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
text = json.dumps(notebook).replace('{"cell_type"', '{"source": "1 / 0", "metadata": 5, "cell_type"')
text = text.replace('"source": "1 / 0", "metadata": 5, ', '"source": "1 / 0", ', 1)
(folder / "autodiff.ipynb").write_text(text)
