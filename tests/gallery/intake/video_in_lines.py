# what: an animation as HTML whose base64 is broken into 260,000 lines with a backslash at the end of each; relu is left out
# loses: relu.* training.*

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: still blank")

# %% notebook
import base64
import random

video = base64.encodebytes(random.Random(7).randbytes(15_000_000)).decode()
lines = [line + "\\\n" for line in video.splitlines()]
cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
html = ["<script>\n", '  var frames = new Array(\n  "data:image/png;base64,', *lines, '"\n)</script>\n']
cell["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": {"text/html": html}}]
