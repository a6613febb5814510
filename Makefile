PYTHON ?= python3
BIN := .venv/bin

# The rooms of the tests: each can be run alone, or several together: make theory, make firm customers.
ROOMS := architecture benchmarks calibration charts commands customers economics equations experiments files firm journeys numeric parameters \
  policies reports simulation statistics theory validation web

# Checks start hundreds of processes: each would compile every file anew where Python is told to keep no bytecode.
unexport PYTHONDONTWRITEBYTECODE

# The fast suite leaves out what takes seconds a test; CI runs that too, after it.
FAST_TESTS := -m "not slow and not long and not browser" --deselect docs/tutorial-

# What runs on one processor goes two at a time, what each says stays together, and one that fails fails the whole.
SIDE_BY_SIDE := --no-print-directory --jobs 2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

.PHONY: test long slow check drawings format types imports pictures docs coverage bench evidence validate replications claims contract browser screens page-types $(ROOMS)
.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet -e ".[all]" -c constraints.txt
	touch $@

# Two workers share the processors, and threads of linear algebra would wait for each other.
test long: export OPENBLAS_NUM_THREADS := 1
test: .venv/ready  ## the fast suite
	$(BIN)/python -m pytest -n 2 --dist loadfile -p tests.support.compile_first $(FAST_TESTS)

long: .venv/ready  ## tests that take seconds each, and the tutorials; CI runs them after the fast suite
	$(BIN)/pytest tests -n 2 --dist worksteal -m "long and not slow and not browser"
	$(BIN)/pytest -n 2 docs/tutorial-*.md

slow: .venv/ready  ## the statistical runs; half of the tests take 10 CPU minutes, the others were not timed
	$(BIN)/pytest -m slow

browser: .venv/ready  ## the screens of the studio in Chromium
	$(BIN)/pytest tests/web -m "browser and not slow"

SCREENS := tests/web/test_every_screen.py tests/web/test_keyboard_only.py
screens: .venv/ready  ## of them those of every screen: sizes, accessibility, network, keyboard; CI runs these
	$(BIN)/pytest $(SCREENS) -m "browser and not slow"

TYPESCRIPT := out/typescript
page-types:  ## types of the studio's pages, which stand in their comments; needs npm
	npm install --silent --no-audit --no-fund --prefix $(TYPESCRIPT) typescript@5.9
	$(TYPESCRIPT)/node_modules/.bin/tsc -p tests/web/tsconfig.json

contract: .venv/ready  ## the contract of policies and the rules of the house
	$(BIN)/pytest tests/architecture tests/policies -m "not slow and not browser"

$(ROOMS): .venv/ready
	$(BIN)/pytest tests/$@ -m "not slow and not browser"

check: .venv/ready  ## format, lint, types, imports and the pages, then the fast suite
	$(MAKE) $(SIDE_BY_SIDE) docs format types imports
	$(MAKE) test

drawings: .venv/ready  ## documents drawn as pictures, and where npm is installed the types of the studio's pages
	$(MAKE) $(SIDE_BY_SIDE) pictures $(if $(shell command -v npm 2>/dev/null),page-types)

format: .venv/ready
	$(BIN)/ruff format --check sim tests docs
	$(BIN)/ruff check sim tests docs

types: .venv/ready
	$(BIN)/mypy

imports: .venv/ready
	$(BIN)/lint-imports

pictures: .venv/ready  ## presentations and workbooks drawn: the right number of pages, none of them empty
	$(BIN)/pytest tests/reports -m slow

docs: .venv/ready  ## the site of these pages under out/docs, offline; a warning is an error
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs out/docs

FAST := tests/simulation/test_market.py tests/simulation/test_mesa_agents.py tests/parameters/test_scenarios.py tests/architecture/test_house_rules.py sim
coverage: .venv/ready  ## lines covered, with the compiler off so that rules count
	NUMBA_DISABLE_JIT=1 $(BIN)/coverage run -m pytest -m "not slow and not browser" $(FAST)
	$(BIN)/coverage report

bench: .venv/ready  ## speed and memory
	$(BIN)/sim bench

validate: .venv/ready  ## the model against theory and published regularities, with a report under results/
	$(BIN)/sim validate --out results/validation
	cp results/validation/worlds.md docs/validation-of-worlds.md

replications: .venv/ready  ## published work repeated by settings of the model, with tables and pictures under results/
	$(BIN)/sim replicate --out results/replications

claims: .venv/ready  ## the whole ledger of claims, with tables and pictures under results/
	$(BIN)/sim claims --out results/claims

evidence: .venv/ready  ## the flagship comparison and the quick ledger, with charts, tables and a report under results/
	$(BIN)/sim evidence --ledger
