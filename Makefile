# make demo: search the sample reports at http://127.0.0.1:8000/ (PORT=8001: there)
# make install: .venv/bin/gongkai, to search your own reports
# make test: the whole test suite
# make test-deep: of what is drawn at random three times as much, of widths, colours, ... every combination
# make torture: kills, power cuts, failing disks and flipped bytes by the thousand; half an hour
# make test-quick: what needs no browser and little time; PYTHON=python3.13 VENV=.venv-3.13: on another Python;
#   RJIEBA=no: with jieba alone
# make lock: pin every library anew, by hash; make audit: known vulnerabilities; make sbom: what demo installs
# make cluster: three nodes of OpenSearch at http://127.0.0.1:9201 to 9203, with Java 17 and Maven; make cluster-stop.
#   NODES=1: one; CLUSTER_PORT=9301: there; CLUSTER_FOLDER=DIR: where they live
#   make demo CLUSTER=http://127.0.0.1:9201: the samples from there
# make test-cluster: what is tried on a cluster of its own
PYTHON ?= python3
PORT ?= 8000
NODES ?= 3
CLUSTER_PORT ?= 9201
CLUSTER_FOLDER ?= .cluster
VENV := .venv$(if $(filter no,$(RJIEBA)),-without-rjieba)
BIN := $(VENV)/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check
# only what the lock file lists; what is built (jieba) is built with the setuptools that is in it
LOCKED := $(PIP) install --require-hashes --no-build-isolation --requirement
SUPPLY := .venv-supply
LOCK := $(SUPPLY)/bin/uv pip compile --quiet --universal --python-version 3.10 --generate-hashes --no-header
OURS := $(PIP) install --no-deps --no-build-isolation --editable .

# Tests write thousands of small indexes, each synced to the disk: in memory where 4 GB are free and programs may
# run there. And what Python compiles is kept, for the programs that tests start and for the next run.
ROOMY := $(shell grep -s ' /dev/shm ' /proc/mounts | grep -qv noexec && \
  df -Pk /dev/shm | awk 'NR == 2 && $$4 > 4000000 {print $$6}')
test test-quick test-deep: export TMPDIR := $(or $(ROOMY),$(TMPDIR))
test test-quick test-deep: export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo install test test-quick test-deep torture test-real test-cluster cluster cluster-stop lint bench bench-pages bench-lists lock audit sbom clean

demo: $(VENV)/.installed$(if $(CLUSTER),-cluster)
	@$(BIN)/gongkai demo --index .gongkai-demo $(if $(CLUSTER),--cluster $(CLUSTER)) --port $(PORT) --no-browser

install: $(VENV)/.installed
	@:

test: $(VENV)/.installed-test
	@$(BIN)/pytest --numprocesses auto --dist worksteal

test-quick: $(VENV)/.installed-test
ifeq ($(RJIEBA),no)
	@$(PIP) uninstall --yes rjieba
endif
	@GONGKAI_DRAWS=few $(BIN)/pytest --numprocesses auto --dist worksteal -m 'not (slow or browser or real or cluster)'

# every file that draws, or has fewer combinations without depth
DRAWN = $(shell grep -rlE 'tests\.depth|from hypothesis' tests --include='test_*.py')

test-deep: $(VENV)/.installed-test
	@GONGKAI_DRAWS=all $(BIN)/pytest --numprocesses auto --dist worksteal $(DRAWN)

torture: $(VENV)/.installed-test
	@GONGKAI_TORTURE=1 $(BIN)/pytest --numprocesses auto --dist worksteal -rP tests/torture

# needs GONGKAI_SHARED: the folder of real reports; several processes only where they need not index them
test-real: $(VENV)/.installed-test
	@$(BIN)/pytest -m real -rP $(if $(GONGKAI_WORK_INDEX),--numprocesses auto --dist worksteal)

# it starts the nodes that it needs, beside those of `make cluster`, and ends them
test-cluster: $(VENV)/.installed-test
	@GONGKAI_CLUSTER_FOLDER=$(CLUSTER_FOLDER) $(BIN)/pytest -m cluster -rP tests/cluster

cluster:
	@$(PYTHON) -m tests.cluster.nodes start --nodes $(NODES) --port $(CLUSTER_PORT) --folder $(CLUSTER_FOLDER)

cluster-stop:
	@$(PYTHON) -m tests.cluster.nodes stop --folder $(CLUSTER_FOLDER)

lint: $(VENV)/.installed-test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "Gongkai needs Python 3.10 or newer; try: make PYTHON=python3.12 $(MAKECMDGOALS)")'
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing; on Debian: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/.installed: setup.cfg pyproject.toml requirements/demo.txt | $(VENV)/bin/python
	@echo "Installing into $(VENV) (once)..."
	@$(LOCKED) requirements/build.txt
	@$(LOCKED) requirements/demo.txt
	@$(OURS)
	@touch $@

$(VENV)/.installed-cluster: $(VENV)/.installed
	@$(PIP) install --editable '.[cluster]'
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed requirements/test.txt
	@$(LOCKED) requirements/test.txt
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
	@$(PIP) install --editable '.[bench]'
	@touch $@

# each for any Python from 3.10 on and any system
lock: $(SUPPLY)/.installed
	@printf 'setuptools>=70.1\n' | $(LOCK) --no-annotate --output-file requirements/build.txt -
	@$(LOCK) --output-file requirements/ci.txt $(addprefix --extra ,test lint ocr) setup.cfg
	@$(LOCK) --constraint requirements/ci.txt --output-file requirements/test.txt --extra test --extra lint setup.cfg
	@$(LOCK) --constraint requirements/ci.txt --output-file requirements/demo.txt setup.cfg
	@$(LOCK) --output-file requirements/supply.txt requirements/supply.in

# of all that a demo, the tests and CI install; it asks the package index, and says where that does not answer
audit: $(SUPPLY)/.installed
	@$(SUPPLY)/bin/pip-audit --disable-pip --require-hashes --requirement requirements/ci.txt

sbom: $(SUPPLY)/.installed
	@mkdir -p dist
	@$(SUPPLY)/bin/cyclonedx-py requirements requirements/demo.txt --output-file dist/gongkai.cdx.json
	@echo dist/gongkai.cdx.json

$(SUPPLY)/.installed: requirements/supply.txt
	@$(PYTHON) -m venv $(SUPPLY)
	@$(SUPPLY)/bin/pip --quiet --disable-pip-version-check install --require-hashes --requirement requirements/supply.txt
	@touch $@

clean:
	rm -rf .venv .venv-* .gongkai-demo gongkai-index build *.egg-info
