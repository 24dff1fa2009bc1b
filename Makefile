VENV := $(or $(SHOUWANG_VENV),.venv)
LOCK := build/uv/bin/uv pip compile --quiet $(UPGRADE) --universal --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --no-header

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

check: ## Install what is missing and check everything (scripts/test)
	scripts/test

format: $(VENV)/bin/ruff ## Format the code and mend what ruff can mend
	$(VENV)/bin/ruff format && $(VENV)/bin/ruff check --fix

cases: $(VENV)/bin/shouwang ## Run the acceptance cases
	PATH="$(abspath $(VENV))/bin:$$PATH" python scripts/acceptance.py

rules: $(VENV)/bin/shouwang ## Write docs/rules anew from the rule books
	$(VENV)/bin/python -m scripts.make_rule_pages

bench: $(VENV)/bin/shouwang ## Install the packages compared with and run the benchmarks
	$(VENV)/bin/python -m pip install --quiet --require-hashes --requirement requirements-bench.txt
	$(VENV)/bin/python -m scripts.bench

lock: build/uv/bin/uv ## Remake the lock files; with UPGRADE=--upgrade, from the newest versions
	$(LOCK) pyproject.toml --group build --output-file requirements.txt
	$(LOCK) pyproject.toml --group dev --constraints requirements.txt --output-file requirements-dev.txt
	$(LOCK) --group bench --constraints requirements-dev.txt --output-file requirements-bench.txt

clean: ## Remove the virtual environment and all caches
	rm -rf .venv .venv.lock build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/ruff $(VENV)/bin/shouwang:
	bash -euo pipefail -c 'source scripts/environment.sh; prepare_environment requirements-dev.txt'

build/uv/bin/uv: $(VENV)/bin/ruff
	$(VENV)/bin/python -m pip install --quiet --target build/uv uv

.PHONY: help check format cases rules bench lock clean
