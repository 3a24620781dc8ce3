# what: a cell whose source is a list of eight million empty texts
# loses: *
# says: more than 250,000 cells, lines and fields

# %% files
notebook["cells"].append({"cell_type": "code", "metadata": {}, "outputs": [], "source": ["here"]})
before, after = json.dumps(notebook).split('"here"')
(folder / "autodiff.ipynb").write_text(before + '"",' * 8_000_000 + '""' + after)
