# what: blanks of no width and no-break spaces around the letter, as copied from a web page
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = "​D﻿"

# %% choice_2
choice_2 =  "B" 
