# what: a photograph of 20 MB in a cell of text, as an address that holds it all
# loses: nothing

# %% notebook
import base64
import random

photograph = base64.b64encode(random.Random(5).randbytes(15_000_000)).decode()
source = f"My sketch of the graph:\n\n![the graph, drawn by hand](data:image/jpeg;base64,{photograph})\n"
notebook["cells"][5:5] = [{"cell_type": "markdown", "id": "sketch", "metadata": {}, "source": source}]
