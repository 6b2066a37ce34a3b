.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv)

.PHONY: help setup run chat dev test check format storm bench eval eval-retrieval lock migration

help: ## These lines
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(VENV)/.run: requirements.lock pyproject.toml
	@./scripts/install.sh "$(PYTHON)" requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml
	@./scripts/install.sh "$(PYTHON)" requirements-dev.lock
	@touch $(VENV)/.run $@

setup: $(VENV)/.run ## Environment only; leaves .venv/bin/seller

run: $(VENV)/.run ## Web chat, desk and API on http://127.0.0.1:8000 (PORT moves it)
	@$(BIN)/seller run

chat: $(VENV)/.run ## The same bot in the terminal
	@$(BIN)/seller chat

dev: $(VENV)/.dev ## Like run, and starts anew when a file changes
	@$(BIN)/watchfiles --filter python '$(BIN)/seller run' bots core rag

test: $(VENV)/.dev ## Environment, then the whole suite
	@$(BIN)/python -m pytest -n auto

check: $(VENV)/.dev ## Format, lint, types, import contracts, doc examples
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -q -p no:randomly tests/docs

format: $(VENV)/.dev ## Mend format and lint
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

storm: $(VENV)/.dev ## Kills, redeliveries and faults in full size
	@$(BIN)/python -m benchmarks.storm

bench: $(VENV)/.dev ## Speed and memory beside their references
	@$(BIN)/python -m benchmarks.run

eval: $(VENV)/.dev ## How well it understands, answers and resists, on lines never trained on
	@$(BIN)/python -m benchmarks.evaluation

eval-retrieval: $(VENV)/.dev ## Paragraphs of XQuAD found, beside BM25: make eval-retrieval DATA=folder
	@$(BIN)/python -m benchmarks.xquad "$(DATA)"

lock: ## Pin every package with its hash, without addresses
	@./scripts/lock.sh

migration: $(VENV)/.dev ## New revision: make migration m="what changes"
	@$(BIN)/python -m scripts.migration "$(m)"
