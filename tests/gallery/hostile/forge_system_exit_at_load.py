# what: raises SystemExit, and BaseExceptions of its own, while it is loaded
# loses: relu.* training.*
# says: raised SystemExit: full marks

# %% relu
def relu(self): ...

# %% -
class Done(BaseException):
    pass


class Leave:
    raise SystemExit("full marks")


class Interrupt:
    raise KeyboardInterrupt


class Other:
    raise Done
