# Every target makes sure of the environment first. `make run` and `make test` are the two commands to know.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := UV_PYTHON_DOWNLOADS=never $(BIN)/uv
RUN_STAMP := $(VENV)/.run-stamp
DEV_STAMP := $(VENV)/.dev-stamp
export PYTHONUNBUFFERED := 1

.PHONY: run demo test check fix docs lock env dev messages compile-messages pg-test bench clean

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is needed (Debian: python3-venv)."; exit 2; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(RUN_STAMP): requirements/run.txt pyproject.toml | $(BIN)/uv
	@if [ ! -f $(DEV_STAMP) ]; then $(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt; fi
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(DEV_STAMP): requirements/dev.txt pyproject.toml | $(BIN)/uv
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@ $(RUN_STAMP)

env: $(RUN_STAMP)
dev: $(DEV_STAMP)

run: env  ## migrate, load the demo world on an empty database, serve
	@exec $(BIN)/jiangxin run

demo: env  ## load the demo world into an empty database
	@$(BIN)/jiangxin demo

test: dev  ## everything that .ci/run runs
	@$(BIN)/python -m tests.run

check: dev  ## lint, format, types, contracts
	@$(BIN)/python -m tests.run --only checks

fix: dev  ## let the tools mend what they can
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

pg-test: dev  ## make pg-test ARGS="jiangxin/orgs": pytest on a private PostgreSQL
	@$(BIN)/python -m tests.postgres $(BIN)/pytest -q $(ARGS)

messages: dev  ## make messages APP=orgs: collect the Chinese strings of one app
	@cd jiangxin/$(APP) && mkdir -p locale && JX_HOME=$(CURDIR)/var $(CURDIR)/$(BIN)/python -m django makemessages --locale en --no-location --no-obsolete --settings jiangxin.config.settings

compile-messages: dev
	@cd jiangxin && JX_HOME=$(CURDIR)/var ../$(BIN)/python -m django compilemessages --verbosity 0 --settings jiangxin.config.settings

docs: dev  ## regenerate the generated pages and build the site
	@$(BIN)/python -m scripts.make_docs && $(BIN)/mkdocs build --quiet

bench: dev  ## make bench NAME=search
	@$(BIN)/jiangxin bench $(NAME)

lock: | $(BIN)/uv  ## hashed requirements, without any download address
	@$(UV) pip compile --quiet --python-version 3.11 --universal --generate-hashes --no-header --no-emit-index-url requirements/dev.in -o requirements/dev.txt
	@$(UV) pip compile --quiet --python-version 3.11 --universal --generate-hashes --no-header --no-emit-index-url -c requirements/dev.txt requirements/run.in -o requirements/run.txt

clean:
	@rm -rf $(VENV) var dist site
