# make run    the whole way on the example newsroom: feeds in, editions out (sets everything up first)
# make test   the tests
# make test-slow  servers with PostgreSQL and workers, where its programs are installed
# make bench  how fast articles are read and feeds polled, beside peers (installs one into the environment)
# make check  lint, types, the import contract and the documentation
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
STAMP := $(VENV)/.newsledger-installed
export DO_NOT_TRACK := 1

.PHONY: run test test-slow check lint docs bench lock clean help

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

run: $(STAMP)
	@$(BIN)/python -m examples.run_example

# A file's tests stay in one process, for what they set up together; WORKERS=0 runs all in one.
test: $(STAMP)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

test-slow: $(STAMP)
	@$(BIN)/python -m pytest -m slow

check: lint docs

lint: $(STAMP)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/mypy tests examples docs && $(BIN)/lint-imports

docs: $(STAMP)
	@$(BIN)/python docs/generate.py --check

# The environment comes from the lock: by uv where it is installed, else by pip from constraints.txt,
# which `make lock` exports from the same lock.
$(STAMP): pyproject.toml uv.lock constraints.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v < (3, 15) else f"newsledger needs Python 3.11 to 3.14, {sys.executable} is {v[0]}.{v[1]}: make run PYTHON=python3.12")'
	@echo "Setting up $(VENV) (the first time this takes one to three minutes) ..."
	@if command -v uv >/dev/null 2>&1; then \
	  uv sync --frozen --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')"; \
	else \
	  $(PYTHON) -m venv $(VENV) && \
	  $(BIN)/python -m pip install --quiet --upgrade pip && \
	  echo "Installing about 170 packages ..." && \
	  $(BIN)/python -m pip install --editable . -c constraints.txt && \
	  $(BIN)/python -m pip install --group dev -c constraints.txt; \
	fi
	@touch $(STAMP)

bench: $(STAMP)
	@$(BIN)/python -m ensurepip --upgrade >/dev/null 2>&1 || true
	@$(BIN)/python -m pip install --quiet 'quantulum3[classifier]==0.10.0' scikit-learn==1.8.0 && $(BIN)/python -m tests.bench.extract && $(BIN)/python -m tests.bench.poll

lock:
	uv lock && uv export --quiet --frozen --no-hashes --no-emit-project --no-header --no-annotate -o constraints.txt

clean:
	rm -rf $(VENV) .newsledger editions newsledger.duckdb examples/*/site
