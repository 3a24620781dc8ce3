# what: attachments and an output's metadata nested 100,000 deep in an honest notebook
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
notebook["cells"][0]["attachments"] = {"image.png": "here"}
cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
cell["outputs"] = [{"output_type": "display_data", "data": {}, "metadata": {"needs": "here"}}]
text = json.dumps(notebook)
(folder / "autodiff.ipynb").write_text(text.replace('"here"', '{"":' * 100_000 + "1" + "}" * 100_000))
