# what: UTF-8 with a byte order mark, as Notepad saves it
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
(folder / "autodiff.ipynb").write_bytes(json.dumps(notebook, ensure_ascii=False).encode("utf-8-sig"))
