# what: 100 MB of outputs, as a loop that prints leaves them
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% files
cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
cell["outputs"] = ["OUTPUTS"]
before, after = json.dumps(notebook).split('"OUTPUTS"')
line = json.dumps({"output_type": "stream", "name": "stdout", "text": ["0.1234 [loss]\n"] * 60}) + ", "
with open(folder / "autodiff.ipynb", "w") as file:
    file.write(before)
    for _ in range(100 * 2**20 // len(line)):
        file.write(line)
    file.write("{}" + after)
