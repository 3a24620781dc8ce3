# what: Bokeh plots whose arrays are base64 in the script, 12 MB in all
# loses: nothing

# %% notebook
import base64
import random

array = base64.b64encode(random.Random(2).randbytes(3_000_000)).decode()
document = {"roots": [{"attributes": {"data": {"x": {"type": "ndarray", "array": {"type": "bytes", "data": array}}}}}]}
text = "<div></div><script>const docs_json = " + json.dumps(document) + ";</script>"
for cell in [cell for cell in notebook["cells"] if cell["cell_type"] == "code"][:3]:
    data = {"application/vnd.bokehjs_exec.v0+json": "", "text/html": text}
    cell["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": data}]
