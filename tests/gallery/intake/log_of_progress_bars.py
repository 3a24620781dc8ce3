# what: a progress bar that was drawn 100,000 times: carriage returns, terminal colours and block characters; relu is left out
# loses: relu.* training.*

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: still blank")

# %% notebook
bar = "".join(f"\r\x1b[32m{k / 1000:5.1f}%|{chr(0x2588) * (k // 5000):20}| {k}/100000 [00:{k % 60:02}<]\x1b[0m" for k in range(100_000))
cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
cell["outputs"] = [{"output_type": "stream", "name": "stderr", "text": bar.splitlines(keepends=True)}]
