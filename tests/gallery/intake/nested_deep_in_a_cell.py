# what: metadata of a cell nested 100,000 deep, beside its tags, in an honest notebook
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
for cell in notebook["cells"]:
    if "answer:mul" in cell["metadata"].get("tags", []):
        cell["metadata"]["filler"] = "here"
text = json.dumps(notebook)
(folder / "autodiff.ipynb").write_text(text.replace('"here"', '{"a": [' * 50_000 + "]}" * 50_000))
