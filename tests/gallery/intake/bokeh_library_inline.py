# what: BokehJS itself, loaded inline: 5 MB of minified JavaScript, full of brackets and quotes, twice; relu is left out
# loses: relu.* training.*

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: still blank")

# %% notebook
line = """!function(t,e){"object"==typeof exports&&(e(exports,['a']["\\u0027"]));var r=/[\\]}"]+/g,n={};n["[{"]=`\\"`}(this);"""
library = "".join(line.replace("n=", f"n{k}=") for k in range(45_000))
cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
data = {"application/javascript": library, "application/vnd.bokehjs_load.v0+json": library}
cell["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": data}]
