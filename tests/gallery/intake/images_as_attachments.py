# what: photographs of the student's own notes, 20 MB, pasted into cells of text as attachments; relu is left out
# loses: relu.* training.*

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: still blank")

# %% notebook
import base64
import random

photograph = base64.b64encode(b"\xff\xd8\xff\xe0" + random.Random(4).randbytes(5_000_000)).decode()
for number, cell in enumerate([cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"][-3:]):
    name = f"IMG_{number}.jpg"
    cell["attachments"] = {name: {"image/jpeg": photograph}}
    cell["source"] = "".join(cell["source"]) + f"\n\n![{name}](attachment:{name})"
