# what: the state of widgets in the notebook's metadata: 20 MB, most of it an image
# loses: nothing

# %% notebook
import base64
import random

buffer = base64.b64encode(random.Random(9).randbytes(15_000_000)).decode()
image = {"model_module": "@jupyter-widgets/controls", "model_name": "ImageModel", "state": {"format": "png"}}
image["buffers"] = [{"encoding": "base64", "path": ["value"], "data": buffer}]
widgets = {"application/vnd.jupyter.widget-state+json": {"version_major": 2, "state": {"a1": image}}}
notebook["metadata"]["widgets"] = widgets
