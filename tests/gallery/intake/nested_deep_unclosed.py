# what: outputs nested a million deep that never close
# loses: *
# says: was cut off

# %% files
cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
cell["outputs"] = ["here"]
(folder / "autodiff.ipynb").write_text(json.dumps(notebook).split('"here"')[0] + "[" * 1_000_000)
