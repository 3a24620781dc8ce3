# what: a cell of text whose source is a list of five million texts of one letter
# loses: *
# says: more than 250,000 cells, lines and fields

# %% files
notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": ["here"]})
before, after = json.dumps(notebook).split('"here"')
(folder / "autodiff.ipynb").write_text(before + '"a",' * 5_000_000 + '"b"' + after)
