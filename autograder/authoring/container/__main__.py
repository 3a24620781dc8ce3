"""Runs the grader beside this file: ``python -I FOLDER grade NOTEBOOK``, wherever the folder was unpacked."""

import sys

from autograder.__main__ import main

sys.exit(main())
