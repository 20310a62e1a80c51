# `make` lists what there is. Needs git, make and Python 3.11 to 3.14; everything else comes into
# .venv, pinned and checked by hash (requirements.txt).

SHELL := /bin/sh
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null \
	&& echo $$p && break; done)

.PHONY: help setup demo test slow schedule check docs up bench torture train lock clean
export PATH := $(CURDIR)/$(BIN):$(PATH)

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name text; do \
		printf '  make %-8s %s\n' "$$name" "$$text"; done

setup: $(READY) ## Install everything into .venv
	@:

$(READY): requirements.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "no Python 3.11 to 3.14 found; install one, or name it: make setup PYTHON=/path/to/python3" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "$(PYTHON) cannot make a virtual environment; install its venv package (Debian: apt-get install python3-venv)" >&2; exit 1; }
	@echo "installing into $(VENV), about a minute …"
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.txt > $(VENV)/uv.txt
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r $(VENV)/uv.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

demo: setup ## Run the real thing against a small made-up world, without any account
	@$(BIN)/horch demo

test: setup ## Run every test but the slow ones
	@$(BIN)/pytest -n 2 --dist loadgroup -m "not slow"

slow: setup ## Run the slow tests: Airflow's own scheduler, a burst, a judge that is judged
	@$(BIN)/pytest -m slow

schedule: setup ## Prove that Airflow's own scheduler carries it: nothing is triggered by hand
	@$(BIN)/pytest -m slow tests/dags

check: setup ## Check style, types, layers, SQL and generated documentation
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	MYPYPATH=.:dags $(BIN)/mypy dags config plugins
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint -p 2 queries warehouse digest desk
	$(BIN)/cog --check README.md docs/*.md

docs: setup ## Write the generated parts of the documentation again
	$(BIN)/cog -r README.md docs/*.md

up: setup ## Start Airflow with its web pages on http://127.0.0.1:8181
	@export AIRFLOW_HOME="$${AIRFLOW_HOME:-$(CURDIR)}" && airflow db migrate \
		&& airflow pools import config/pools.json && exec airflow standalone

bench: setup ## Measure speed and memory
	$(BIN)/python -m bench

N ?= 60
FIRST ?= 0
torture: setup ## Prove that no mention is lost (N=1000 schedules, FIRST=seed)
	$(BIN)/python -m tests.torture $(N) $(FIRST)

DATA ?= ../shared/data
TORCH ?= $(BIN)/python
CORRECTED = $(if $(CORRECTIONS),--corrections $(CORRECTIONS))
train: setup ## Train a language model again (MODEL=fast or accurate, DATA=folder, CORRECTIONS=file)
ifeq ($(MODEL),accurate)
	$(TORCH) -m enrich.training.accurate --data $(DATA) $(CORRECTED)
else
	$(BIN)/python -m enrich.train --data $(DATA) $(CORRECTED)
endif

lock: setup ## Pin the dependencies again after a change in pyproject.toml
	$(BIN)/uv pip compile --generate-hashes --universal --python-version 3.11 --extra dev --extra accurate pyproject.toml \
		-o requirements.txt --no-annotate --no-emit-index-url --custom-compile-command "make lock"

clean: ## Remove the environment, caches and what Airflow left; keep var/
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache logs airflow.db*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
