# Every target makes what it needs in .venv and does nothing twice.
# Another interpreter: make PYTHON=python3.12 test (after `make clean` if .venv exists already).

PYTHON ?= python3
UV_VERSION := 0.13.8

VENV := .venv
BIN := $(VENV)/bin
UV := UV_PYTHON_DOWNLOADS=never $(BIN)/uv --quiet
INSTALL := $(UV) pip install --python $(BIN)/python
# One set of locks for every supported Python and platform; no address of a registry in them.
COMPILE := $(UV) pip compile pyproject.toml --python $(BIN)/python --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install demo test test-browser servers test-servers check check-locks bench lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(VENV)/.stamp-product ## Install Kennisbot in .venv

demo: $(VENV)/.stamp-product ## Index the sample documents, ask three questions, then serve the page
	@PATH="$(CURDIR)/$(BIN):$$PATH" deploy/demo/run

test: $(VENV)/.stamp-dev ## Run the tests with their coverage
	@$(BIN)/pytest -n 2 --dist loadfile --cov -m "not browser and not weaviate and not ollama"

test-browser: $(VENV)/.stamp-dev ## Run the tests of the page in a Chromium, where there is one
	@$(BIN)/pytest -m browser -rs tests/browser

servers: $(VENV)/.stamp-dev ## Install Weaviate and Ollama for tests, in a cache outside the repository
	@$(BIN)/python -m tests.servers.install

test-servers: $(VENV)/.stamp-dev ## Run the tests of the real servers, where `make servers` has installed them
	@$(BIN)/pytest -m "weaviate or ollama" -rs tests/servers

check: $(VENV)/.stamp-dev ## Check format, lint, types, imports, dead code and locks
	@echo "== format"
	@$(BIN)/ruff format --check .
	@echo "== lint"
	@$(BIN)/ruff check .
	@echo "== types"
	@$(BIN)/mypy
	@echo "== imports"
	@$(BIN)/lint-imports
	@echo "== dead code"
	@$(BIN)/vulture
	@echo "== locks"
	@$(MAKE) --no-print-directory check-locks

# The present locks are the preference, so that a new release elsewhere changes nothing here.
check-locks: $(VENV)/.stamp-dev
	@cp requirements.lock requirements-dev.lock $(VENV)/
	@$(COMPILE) --output-file $(VENV)/requirements.lock \
		&& $(COMPILE) --output-file $(VENV)/requirements-dev.lock --group dev --constraints requirements.lock \
		&& diff -u requirements.lock $(VENV)/requirements.lock \
		&& diff -u requirements-dev.lock $(VENV)/requirements-dev.lock \
		|| { echo "The locks do not match pyproject.toml. Run: make lock" >&2; exit 1; }

bench: $(VENV)/.stamp-dev ## Measure answers and speed
	@$(BIN)/python -m tests.benchmarks

lock: $(VENV)/.stamp-uv-$(UV_VERSION) ## Bring both locks to the newest versions that pyproject.toml allows
	@$(COMPILE) --upgrade --output-file requirements.lock
	@$(COMPILE) --upgrade --output-file requirements-dev.lock --group dev --constraints requirements.lock

clean: ## Remove .venv, caches and build results
	@rm -rf $(VENV) .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.stamp-uv-$(UV_VERSION):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Kennisbot needs Python 3.11 or newer as '$(PYTHON)'. Name another one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' \
		|| { echo "'$(PYTHON)' can't make virtual environments. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@test -x $(BIN)/pip || { echo "Making $(VENV)"; $(PYTHON) -m venv --clear $(VENV); }
	@$(BIN)/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

$(VENV)/.stamp-product: requirements.lock pyproject.toml | $(VENV)/.stamp-uv-$(UV_VERSION)
	@echo "Installing Kennisbot in $(VENV)"
	@$(INSTALL) --require-hashes --requirements requirements.lock
	@$(INSTALL) --no-deps --editable .
	@touch $@

$(VENV)/.stamp-dev: requirements-dev.lock $(VENV)/.stamp-product
	@echo "Installing the development tools in $(VENV)"
	@$(INSTALL) --require-hashes --requirements requirements-dev.lock
	@touch $@
