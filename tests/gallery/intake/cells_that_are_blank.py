# what: thirty thousand blank cells before those of an honest notebook, as a script gone wrong leaves them
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% notebook
blank = {"cell_type": "code", "source": "", "metadata": {}, "outputs": [], "execution_count": None}
notebook["cells"][0:0] = [blank] * 15_000 + [{"cell_type": "markdown", "source": [], "metadata": {}}] * 15_000
