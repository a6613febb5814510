PYTHON ?= python3
BIN := .venv/bin

.PHONY: test check
.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet -e ".[all]"
	touch $@

test: .venv/ready  ## the fast suite
	$(BIN)/pytest -m "not slow"

check: .venv/ready  ## format, lint, then the tests
	$(BIN)/ruff format --check sim tests
	$(BIN)/ruff check sim tests
	$(MAKE) test
