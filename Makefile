# make demo: set up, run on the examples, say where the page is.   make test: set up, run all tests.   make lint: ruff and mypy.
PYTHON ?= python3
BIN := .venv/bin
CORE := .venv/.core
DEV := .venv/.dev

.PHONY: demo test lint setup clean
.DEFAULT_GOAL := demo

setup: $(DEV)

# The stamps make the second run warm: nothing is installed again until pyproject.toml changes.
$(CORE): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("the tracker needs Python 3.11 or newer; say make PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(DEV): $(CORE)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

demo: $(CORE)
	$(BIN)/tracker demo

test: $(DEV)
	$(BIN)/python -m pytest -n logical --dist loadfile --no-loadscope-reorder

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/mypy

clean:
	rm -rf .venv build dist
