"""The start of the grader beside this file, ``python -I FOLDER grade NOTEBOOK``, in any folder."""

import sys

from autograder.__main__ import main

sys.exit(main())
