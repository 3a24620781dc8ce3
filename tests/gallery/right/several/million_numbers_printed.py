# what: an array of a million numbers printed, as one text
# loses: nothing

# %% notebook
text = "[" + ", ".join(f"{k / 7:.4f}" for k in range(1_000_000)) + "]\n"
cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text}]
