# make demo: search the sample reports at http://127.0.0.1:8000/ (PORT=8001: there)
# make install: .venv/bin/gongkai, to search your own reports
# make test: the whole test suite
# make test-deep: of what is drawn at random, three times as much
# make test-quick: what needs no browser and little time; PYTHON=python3.13 VENV=.venv-3.13: on another Python;
#   RJIEBA=no: with jieba alone
PYTHON ?= python3
PORT ?= 8000
VENV := .venv$(if $(filter no,$(RJIEBA)),-without-rjieba)
BIN := $(VENV)/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check

.PHONY: demo install test test-quick test-deep test-real lint bench bench-pages bench-lists clean

demo: $(VENV)/.installed
	@$(BIN)/gongkai demo --index .gongkai-demo --port $(PORT) --no-browser

install: $(VENV)/.installed
	@:

test: $(VENV)/.installed-test
	@$(BIN)/pytest --numprocesses auto --dist worksteal

test-quick: $(VENV)/.installed-test
ifeq ($(RJIEBA),no)
	@$(PIP) uninstall --yes rjieba
endif
	@$(BIN)/pytest --numprocesses auto --dist worksteal -m 'not (slow or browser or real)'

DRAWN := tests/property tests/unit/test_collocates.py tests/web/test_export_formats.py \
  $(addprefix tests/unit/test_,pdf.py image.py docx.py formats.py rtf.py doc.py odf.py sheets.py office_xml.py office_real.py)

test-deep: $(VENV)/.installed-test
	@GONGKAI_DEEP=1 $(BIN)/pytest --numprocesses auto --dist worksteal $(DRAWN)

# needs GONGKAI_SHARED: the folder of real reports; several processes only where they need not index them
test-real: $(VENV)/.installed-test
	@$(BIN)/pytest -m real -rP $(if $(GONGKAI_WORK_INDEX),--numprocesses auto --dist worksteal)

lint: $(VENV)/.installed-lint
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "Gongkai needs Python 3.10 or newer; try: make PYTHON=python3.12 $(MAKECMDGOALS)")'
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing; on Debian: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/.installed: setup.cfg pyproject.toml | $(VENV)/bin/python
	@echo "Installing into $(VENV) (once)..."
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	@$(PIP) install --editable '.[test]'
	@touch $@

$(VENV)/.installed-lint: $(VENV)/.installed-test
	@$(PIP) install --editable '.[test,lint]'
	@touch $@

# make bench ARGS="--times 10": beside other engines; groonga-bin is taken where it is installed
bench: $(VENV)/.installed-bench
	@$(BIN)/python -m tests.benchmarks $(ARGS)

# make bench-pages INDEX=gongkai-index: the search page over HTTP
bench-pages: $(VENV)/.installed-bench
	@$(BIN)/python -m tests.benchmarks.pages --index $(INDEX) $(ARGS)

# make bench-lists: counts of lists, beside single searches and other libraries
bench-lists: $(VENV)/.installed-bench
	@$(BIN)/python -m tests.benchmarks.lists $(ARGS)

$(VENV)/.installed-bench: $(VENV)/.installed-test
	@$(PIP) install --editable '.[test,bench]'
	@touch $@

clean:
	rm -rf .venv .venv-* .gongkai-demo gongkai-index build *.egg-info
