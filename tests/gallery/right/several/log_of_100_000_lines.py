# what: the log of a long training: 100,000 lines, as one text
# loses: nothing

# %% notebook
text = "".join(f"epoch {k:6d} | train [{500 / (k + 1):.6f}] | test {{{600 / (k + 1):.6f}}}\n" for k in range(100_000))
cell = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"][-1]
cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text}]
