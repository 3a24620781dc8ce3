# what: an animation of the training as HTML with a video of 20 MB in it, as Matplotlib's to_html5_video makes it
# loses: nothing

# %% notebook
import base64
import random

video = base64.b64encode(random.Random(6).randbytes(15_000_000)).decode()
text = ['<video width="640" controls autoplay loop>\n', f'  <source type="video/mp4" src="data:video/mp4;base64,{video}">\n']
cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
data = {"text/html": [*text, "</video>"], "text/plain": ["<IPython.core.display.HTML object>"]}
cell["outputs"] = [{"output_type": "execute_result", "execution_count": 4, "metadata": {}, "data": data}]
