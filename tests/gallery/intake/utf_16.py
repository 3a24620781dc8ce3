# what: a notebook in UTF-16, as PowerShell redirects it
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
(folder / "autodiff.ipynb").write_bytes(json.dumps(notebook, ensure_ascii=False).encode("utf-16"))
