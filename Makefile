# report: the 2018 report; test: all checks but the slow ones; test-slow: those; lab: explore;
# benchmark: speed and memory.
# Everything is installed into .venv, with the versions of constraints.txt.

PYTHON ?= python3
YEAR ?= 2018
BIN := .venv/bin

.PHONY: report test test-slow lab benchmark

report: .venv/installed
	$(BIN)/asf-analysis run --year $(YEAR)

test: .venv/installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses 2 --dist worksteal -m "not slow"

test-slow: .venv/installed-for-tests
	$(BIN)/pytest --numprocesses 2 --dist worksteal -m slow

lab: .venv/installed
	$(BIN)/jupyter lab notebooks

benchmark: .venv/installed-for-tests
	$(BIN)/python -m benchmarks

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

.venv/installed-for-tests: .venv/installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test]'
	touch $@
