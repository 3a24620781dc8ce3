# what: the notebook as a .py file in the percent format, as VS Code exports it
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
cells = [("" if c["cell_type"] == "code" else " [markdown]", "".join(c["source"])) for c in notebook["cells"]]
text = "\n\n".join(f"# %%{kind}\n" + (s if not kind else "# " + s.replace("\n", "\n# ")) for kind, s in cells)
(folder / "autodiff.py").write_text(text)
