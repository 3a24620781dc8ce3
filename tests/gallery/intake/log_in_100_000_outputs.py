# what: the same log as a front end saves it that does not join what is printed: 100,000 outputs, errors among them; relu is left out
# loses: relu.* training.*

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: still blank")

# %% notebook
cell = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"][-1]
names = ("stdout", "stderr")
cell["outputs"] = [{"output_type": "stream", "name": names[k % 2], "text": [f"epoch {k}\n"]} for k in range(100_000)]
cell["outputs"] += [{"output_type": "error", "ename": "KeyboardInterrupt", "evalue": "", "traceback": ["\x1b[31m-\x1b[0m"]}]
