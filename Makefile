# What these do is in stack/ (the platform on one machine).
# By hand: FIRESTORE=hidane|official  MODEL=small|none|<a model your Ollama has>  PORT=<first of sixteen>  PYTHON=<path>

.PHONY: help dev test check soak contract format with-stack bench deploy reset
.DEFAULT_GOAL := help
export FIRESTORE MODEL PORT PYTHON PROJECT DRY_RUN N SEED
# Dollar signs in CMD are the shell's.
override export CMD := $(value CMD)

dev: ## Install what is missing, start everything, print the address; Ctrl-C stops it all
	@stack/run dev

test: ## Everything that proves the project: check, functions, rules, browser
	@stack/run test

check: ## Lint, types, layers, generated files, bytes: no emulator needed
	@stack/run check

soak: ## Turns in any order of steps, faults and time (N=<schedules> SEED=<a number>), then budgets
	@stack/run soak

contract: ## Write what is generated from the operation table: the web client's types, a page
	@stack/run contract

format: ## Format Python and the web app
	@stack/run format

with-stack: ## Run CMD="..." against an empty stack of its own, beside whatever runs
	@stack/run with-stack

bench: ## Measure against the rivals; writes bench/results.json
	@stack/run bench

reset: ## Delete the local data (not the caches) and say what was deleted
	@stack/run reset

deploy: ## Deploy to PROJECT=..., after checks; DRY_RUN=1 only checks
	@deploy/run

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
