# Ieum (이음). `make up` runs the system on this machine; `make test` is everything CI checks.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never
# What one worker or service has compiled the next need not compile again: 13 s of each worker's start.
unexport PYTHONDONTWRITEBYTECODE
LIBS := changefeed registryclient httpedge sheetreader sqlstore workdays
SERVICES := registry graph notify portal
OWN := $(LIBS:%=-e libs/%) $(SERVICES:%=-e services/%) -e deploy/ieum -e deploy/engine
SOURCES := libs services deploy tests bench docs
WORKERS ?= 2
CASE ?= read
SERVICE ?=
TAG ?= 0.1.0
ROUNDS ?=
KILLS ?= 50
ON ?= both
SEED ?=

.PHONY: help setup tools up down status demo-reset dev format lint types layers unit storage contract journey test migrate lock sbom pin docs image bench chaos clean deps-system

help: ## Show these verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

# ---- running it ---------------------------------------------------------------------------------
setup: .venv/ready-run ## Make the Python environment that runs Ieum

up: setup ## Start everything, load the Gwangju network, print where to go
	@$(BIN)/ieum up

down: ## Stop everything
	@if [ -x $(BIN)/ieum ]; then $(BIN)/ieum down; else echo "Nothing is set up here, so nothing runs."; fi

status: setup ## What runs, what is ready, how far the followers are
	@$(BIN)/ieum status

demo-reset: setup ## Throw the loaded demonstration data away and load it afresh, from today
	@$(BIN)/ieum demo-reset

migrate: setup ## Bring all databases of this home to the newest form
	@$(BIN)/ieum migrate

# ---- working on it ------------------------------------------------------------------------------
dev tools: .venv/ready-dev ## Add what checks and tests need to the environment

format: tools ## Format the code
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

lint: tools ## Formatting and lint rules
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)

types: tools ## Strict types
	$(BIN)/mypy

layers: tools ## Who may import whom
	$(BIN)/lint-imports

unit: tools ## The inner loop: tests that need nothing but Python; the slowest ten are told
	$(BIN)/pytest -q -n $(WORKERS) --durations=10 -m "not storage and not journey" \
	  --ignore tests/contract --ignore tests/house

storage: tools deps-system ## Tests on real databases, Neo4j, SMTP, a browser and other processes
	$(BIN)/pytest -q -n $(WORKERS) -m storage

contract: tools ## The feed and the problem shapes as others rely on them
	$(BIN)/pytest -q -n $(WORKERS) tests/contract tests/house

journey: tools deps-system ## The whole system in a real browser, from sign-in to the mail
	$(BIN)/pytest -q -n $(WORKERS) -m journey

test: tools deps-system ## Everything CI checks
	@$(BIN)/python -m tests.run

deps-system: tools
	@$(BIN)/python -m tests.system

docs: tools ## Write the generated pages anew: settings, API, graph model
	$(BIN)/python -m docs.generate

bench: tools ## Measure: make bench CASE=read | write | letters | growth | pages | sheets | lag | catch-up | rebuild | imports
	@$(BIN)/python -m bench $(CASE) $(ROUNDS)

lock: .venv/bin/uv ## Lock all requirements anew
	requirements/lock.sh

sbom: ## Write what Ieum is made of to sbom/, one CycloneDX file each, out of the locks
	@mkdir -p sbom; for each in registry graph notify portal operator all; do \
	  python3 requirements/sbom.py $$each > sbom/$$each.cdx.json && echo sbom/$$each.cdx.json; done

pin: ## Hold container images to their digests of today: asks the registries, by docker
	@sh deploy/pin.sh

chaos: tools deps-system ## Kill under load, then check: KILLS=50 ON=sqlite SEED=7 (5: sender, registry, Neo4j, supervisor)
	@$(BIN)/python -m tests.chaos --kills $(KILLS) --on $(ON) $(if $(SEED),--seed $(SEED))

image: ## Build one container image: make image SERVICE=registry (TAG=…)
	@sh deploy/image.sh "$(SERVICE)" "$(TAG)"

clean: ## Remove the environment and all caches here; never the data in var/
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage* test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---- the environment ----------------------------------------------------------------------------
.venv/bin/uv: requirements/uv.txt
	@echo "Making the Python environment (.venv) …"
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Ieum needs Python 3.11 or newer. Install it (Debian, Ubuntu: apt-get install python3 python3-venv) or name one: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -m venv --clear .venv || { \
	  echo "Python's venv module is missing. Install it (Debian, Ubuntu: apt-get install python3-venv), then run the same command again." >&2; rm -rf .venv; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

.venv/ready-run: .venv/bin/uv requirements/all.txt $(wildcard */*/pyproject.toml)
	@[ -e .venv/ready-dev ] && [ .venv/ready-dev -nt requirements/dev.txt ] || { \
	  echo "Installing what runs Ieum …" && \
	  $(BIN)/uv pip sync --quiet --compile-bytecode --require-hashes requirements/uv.txt requirements/all.txt && \
	  $(BIN)/uv pip install --quiet --no-deps $(OWN); }
	@touch $@

.venv/ready-dev: .venv/bin/uv requirements/dev.txt $(wildcard */*/pyproject.toml)
	@echo "Installing what checks and tests need …"
	@$(BIN)/uv pip sync --quiet --compile-bytecode --require-hashes requirements/uv.txt requirements/dev.txt
	@$(BIN)/uv pip install --quiet --no-deps $(OWN)
	@touch $@ .venv/ready-run
