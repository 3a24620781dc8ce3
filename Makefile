# `make` alone lists the targets. Every recipe is a plain command, so that all of it can be done without make (README).
PYTHON ?= python3
PY := .venv/bin/python
READY := .venv/ready

.DEFAULT_GOAL := help
.PHONY: help setup build zip grade class test gallery specimens bench lint clean lock

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY)  ## Make .venv from the lock (every other target does so itself)

$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "Python 3.10 or newer is needed: make setup PYTHON=python3.12")'
	$(PYTHON) -m venv .venv && $(PY) -m pip install --quiet --require-hashes -r requirements.lock
	$(PY) -m pip install --quiet --no-deps --no-build-isolation -e . && touch $@

build: $(READY)  ## Build the student's release and the solution notebook from solutions/autodiff.py
	$(PY) -m autograder build

zip: $(READY)  ## Build and prove dist/autograder.zip (Gradescope) and dist/student.zip
	$(PY) -m autograder zip

grade: $(READY)  ## Grade one notebook: make grade NB=path/to/notebook.ipynb (also VERBOSE=1)
	@$(if $(NB),,$(error Which notebook? make grade NB=path/to/notebook.ipynb))
	$(PY) -m autograder grade "$(NB)" $(if $(VERBOSE),--verbose)

class: $(READY)  ## Grade a class: make class DIR=export OUT=folder (also JOBS=2, SCHEDULER=tcp://host:port, ANONYMOUS=1, STUDENT=name)
	@$(if $(and $(DIR),$(OUT)),,$(error Which class, and where to? make class DIR=export OUT=folder))
	$(PY) -m autograder class "$(DIR)" --out "$(OUT)" $(if $(JOBS),--jobs $(JOBS)) $(if $(SCHEDULER),--scheduler $(SCHEDULER)) $(if $(ANONYMOUS),--anonymous) $(if $(STUDENT),--student "$(STUDENT)")

test: lint  ## Lint, then run all tests
	$(PY) -m pytest

gallery: $(READY)  ## Grade all specimens and all mutants of the solution, and renew their table
	$(PY) tests/support/gallery_table.py && $(PY) tests/support/readme_blocks.py

specimens: $(READY)  ## Let specimens state what they get now; then read the diff (also ONLY="wrong/mul*")
	$(PY) tests/support/remeasure.py $(if $(ONLY),"$(ONLY)") && $(PY) tests/support/readme_blocks.py

bench: $(READY)  ## Measure beside stock otter and the demo, and write BENCHMARKS.md (25 minutes; also ONLY="grade class")
	cd tests && PYTHONPATH=support ../$(PY) -m bench $(if $(ONLY),--only $(ONLY))

lint: $(READY)  ## Check style and types
	$(PY) -m ruff check && $(PY) -m ruff format --check && $(PY) -m mypy

clean:  ## Remove what was built, but not .venv
	rm -rf dist build .hypothesis .mypy_cache .pytest_cache .ruff_cache

lock:  ## Renew both locks from pyproject.toml (needs uv)
	uv pip compile -q -U --universal --python-version 3.10 --generate-hashes --no-annotate --custom-compile-command "make lock" --all-extras pyproject.toml -o requirements.lock
	uv pip compile -q -U --universal --python-version 3.10 --generate-hashes --no-annotate --custom-compile-command "make lock" -c requirements.lock pyproject.toml -o autograder/authoring/container/requirements.lock
