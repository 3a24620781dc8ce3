# what: plots of 20 MB as PNG, each in base64; relu is left out
# loses: relu.* training.*

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: still blank")

# %% notebook
import base64
import random

image = base64.b64encode(b"\x89PNG\r\n\x1a\n" + random.Random(3).randbytes(1_500_000)).decode()
for cell in [cell for cell in notebook["cells"] if cell["cell_type"] == "code"][:10]:
    data = {"image/png": image, "text/plain": ["<Figure size 700x400 with 1 Axes>"]}
    metadata = {"image/png": {"height": 400, "width": 700}, "needs_background": "light"}
    cell["outputs"] = [{"output_type": "display_data", "metadata": metadata, "data": data}]
