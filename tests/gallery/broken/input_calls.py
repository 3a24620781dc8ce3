# what: cells that ask for input, in assignments, in a loop and in the notebook's own words
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% -
i = int(input("Which house? "))

# %% +
while True:
    answer = input("again? ")

# %% +
import getpass
import sys

key = getpass.getpass()
line = sys.stdin.readline()
