# what: a notebook in Latin-1, as an old editor saves it
# loses: relu.* training.*
# says: it was read as Latin-1

# %% relu
def relu(self): ...

# %% files
notebook["cells"][0]["source"] = "Übung zur Rückwärtsableitung"
text = json.dumps(notebook, ensure_ascii=False)
(folder / "autodiff.ipynb").write_bytes(text.encode("latin-1", "replace"))
