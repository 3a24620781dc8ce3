# what: a recording of the screen, 20 MB, dropped onto a cell of text; its name has brackets and quotes; relu is left out
# loses: relu.* training.*

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: still blank")

# %% notebook
import base64
import random

recording = base64.b64encode(random.Random(8).randbytes(15_000_000)).decode()
cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "markdown")
cell["attachments"] = {'Screen [1] "2024" \\ {x}.mov': {"video/quicktime": recording}}
