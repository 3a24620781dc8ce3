# `make` alone lists the targets. Every recipe is a plain command, so that all of it can be done without make
# (autograder/authoring/README.md). A target installs what it needs, from the lock of its audience, into the one .venv.
PYTHON ?= $(or $(shell for minor in 14 13 12 11 10; do python3.$$minor -c 'import ensurepip, venv' 2>/dev/null && echo python3.$$minor && break; done),python3)
PY := .venv/bin/python
INSTALL = $(if $(shell command -v uv),uv pip install --python $(PY),$(PY) -m pip install) --quiet
COMPILE := $(PY) -m uv pip compile -q --universal --python-version 3.10 --generate-hashes --no-annotate --custom-compile-command "make lock" pyproject.toml
EXTRAS_grade := --extra editable --extra class
EXTRAS_cluster := $(EXTRAS_grade) --extra cluster
EXTRAS_zip := $(EXTRAS_grade) --extra zip

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:  # a .venv without pip
.PHONY: help setup build zip grade class test gallery specimens pictures debian bench lint clean lock

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/ready-test  ## Make .venv with all that is in locks/ (every other target installs just what it needs)

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "Python 3.10 or newer is needed: make setup PYTHON=python3.12")'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python cannot make a .venv. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/ready-%: locks/%.lock | $(PY)
	$(INSTALL) --require-hashes -r $<
	$(INSTALL) --no-deps --no-build-isolation -e . && touch $@

build: .venv/ready-zip  ## Build the student's release and the solution notebook from solutions/autodiff.py
	$(PY) -m autograder build

zip: .venv/ready-zip  ## Build and prove dist/autograder.zip (Gradescope) and dist/student.zip
	$(PY) -m autograder zip

grade: .venv/ready-grade  ## Grade one notebook: make grade NB=path/to/notebook.ipynb (also VERBOSE=1)
	@$(if $(NB),,$(error Which notebook? make grade NB=path/to/notebook.ipynb))
	$(PY) -m autograder grade "$(NB)" $(if $(VERBOSE),--verbose)

class: $(if $(SCHEDULER),.venv/ready-cluster,.venv/ready-grade)  ## Grade a class: make class DIR=export OUT=folder (also JOBS=2, SCHEDULER=tcp://host:port, ANONYMOUS=1, STUDENT=name, ARGS="--due 2026-11-30")
	@$(if $(and $(DIR),$(OUT)),,$(error Which class, and where to? make class DIR=export OUT=folder))
	$(PY) -m autograder class "$(DIR)" --out "$(OUT)" $(if $(JOBS),--jobs $(JOBS)) $(if $(SCHEDULER),--scheduler $(SCHEDULER)) $(if $(ANONYMOUS),--anonymous) $(if $(STUDENT),--student "$(STUDENT)") $(ARGS)

test: lint  ## Lint, then run all tests
	$(PY) -m pytest

gallery: .venv/ready-test  ## Grade all specimens and all mutants of the solution, and renew their table
	$(PY) tests/support/gallery_table.py && $(PY) tests/support/readme_blocks.py

specimens: .venv/ready-test  ## Let specimens state what they get now; then read the diff (also ONLY="wrong/mul*")
	$(PY) tests/support/remeasure.py $(if $(ONLY),"$(ONLY)") && $(PY) tests/support/readme_blocks.py

pictures: .venv/ready-test  ## Take the pictures of the README anew (needs Chromium)
	$(PY) tests/support/pictures.py

debian: .venv/ready-test  ## Try the Pythons of newer Debians, each in a bare one (as root; apt-get install mmdebstrap)
	$(PY) tests/support/debian.py && $(PY) -m pytest tests/end_to_end/test_pythons.py

bench: .venv/ready-test  ## Measure beside stock otter and the demo, and write BENCHMARKS.md (25 minutes; also ONLY="grade class")
	cd tests && PYTHONPATH=support ../$(PY) -m bench $(if $(ONLY),--only $(ONLY))

lint: .venv/ready-test  ## Check style and types
	$(PY) -m ruff check && $(PY) -m ruff format --check && $(PY) -m mypy

clean:  ## Remove what was built, but not .venv
	rm -rf dist build .hypothesis .mypy_cache .pytest_cache .ruff_cache

lock: .venv/ready-test  ## Renew all locks from pyproject.toml
	$(COMPILE) -U --all-extras -o locks/test.lock
	$(foreach lock,grade cluster zip,$(COMPILE) -c locks/test.lock $(EXTRAS_$(lock)) -o locks/$(lock).lock &&) true
	$(COMPILE) -c locks/test.lock -o autograder/authoring/container/requirements.lock
