# What people run. `make` alone lists the targets; CONTRIBUTING.md says when to use which.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Hashes decide what is installed, whatever index the machine is configured to use; nothing is compiled.
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --quiet
PINNED := $(INSTALL) --require-hashes --only-binary :all:

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test cases check format benchmarks torture requirements clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

demo: $(VENV)/.installed-runtime ## a contract's fiscal year, from journal to monthly report
	@$(BIN)/slm demo

test: $(VENV)/.installed-dev ## all tests, on all cores
	@$(BIN)/pytest --numprocesses auto --dist worksteal

cases: $(VENV)/.installed-dev ## figures of other people's systems (tests/cases/README.md)
	@$(BIN)/python -m tests.cases tests/cases/*.json

check: $(VENV)/.installed-dev ## lint, form, types, import rules
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

format: $(VENV)/.installed-dev ## mend form and imports
	@$(BIN)/ruff check --fix --select I
	@$(BIN)/ruff format

benchmarks: $(VENV)/.installed-dev ## how fast the arithmetic is on this machine (benchmarks/README.md)
	@$(BIN)/python -m benchmarks

torture: $(VENV)/.installed-dev ## kill every part again and again and count what is left (ROUNDS=200, SEED=)
	@$(BIN)/python -m tests.torture --rounds $(or $(ROUNDS),200) $(if $(SEED),--seed $(SEED))

clean: ## remove the environment and all caches; leaves databases alone
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src projections tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment. Each set of pins has a stamp, so that a second run starts at once.

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "slm needs Python 3.11 or later; name one with: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null \
	  || { echo "this Python cannot make environments; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed-%: requirements/%.txt pyproject.toml hatch_build.py $(VENV)/.created
	@echo "Installing requirements/$*.txt into $(VENV) (the first time takes a minute or two) ..."
	@$(PINNED) -r $<
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

# The pins: all of what pyproject.toml names, with a hash for every file of every version. No index, host or local folder
# is written down, so that they are good behind any mirror. The settings of this machine's pip are kept out of it.

COMPILE = env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE=/dev/null \
  CUSTOM_COMPILE_COMMAND="make requirements" build/pins/bin/pip-compile --quiet --upgrade --generate-hashes --strip-extras \
  --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-config --no-annotate

requirements: ## renew the pins in requirements/ from pyproject.toml
	$(PYTHON) -m venv build/pins
	build/pins/bin/python -m pip install --disable-pip-version-check --quiet pip-tools==7.6.2
	$(COMPILE) --build-deps-for editable --output-file requirements/runtime.txt pyproject.toml
	$(COMPILE) --build-deps-for editable --extra dev --constraint requirements/runtime.txt \
	  --output-file requirements/dev.txt pyproject.toml
