# `make serve` opens the page, `make test` runs everything. `make help` lists the rest.
# All set-up happens by itself, and only once: .venv/, node_modules/ and static/vendor/ are its results.

PORT ?= 8000
MINUTES ?= 10
PYTHON ?= python3
export PYTHONDONTWRITEBYTECODE = 1

VENV := .venv/made
NODE := node_modules/made
VENDOR := static/vendor/NOTICES.txt

.PHONY: help serve build lessons languages traces site wheel test engines robot longday fuzz quality check format bench benchmarks pictures clean
.DEFAULT_GOAL := help

help: ## List all targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

serve: $(VENDOR) ## Build what is needed, serve the page, print its address (PORT=8000)
	@echo "Open http://localhost:$(PORT)/ - stop with Ctrl+C"
	@$(PYTHON) -m http.server $(PORT) --bind 127.0.0.1 --directory .

build: $(VENDOR) ## Gather Pyodide, PyScript and the other libraries in static/vendor/

lessons: $(VENV) ## Write the text and cells of the page, intuition.ipynb and docs/teaching.md from app/lessons/
	.venv/bin/python -m app.course
	.venv/bin/python -m app.intuition
	.venv/bin/python -m app.teaching

languages: ## Write the tables of texts anew: what is missing is told
	$(PYTHON) -m app.messages

traces: ## Write what shows before Python, or without it, anew: the engine, or how it is drawn, has changed
	$(PYTHON) -m app.first
	$(PYTHON) -m app.traces

site: $(VENDOR) $(VENV) ## Write dist/ and dist.zip: the page as it is put on a server
	node static/build/site.js $(ARGS)

wheel: site ## Write wheels/: the engine, and the command that serves the page on one's own computer
	rm -rf app/serve/site build && mkdir app/serve/site
	cd dist && find . -type f ! -name '*.br' ! -name '*.gz' ! -name _headers | cpio -pdm --quiet ../app/serve/site
	$(PYTHON) -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir wheels .

test: $(VENDOR) $(VENV) ## Run all tests, the browser's too (ARGS="-k nudge")
	@.venv/bin/python tests/browser/install.py
	.venv/bin/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder $(ARGS)

engines: $(VENDOR) $(VENV) ## Go through the core stories in Chromium, Firefox and WebKit; the result is build/quality/engines.xml
	@.venv/bin/python tests/browser/install.py
	.venv/bin/python -m pytest tests/browser/engines -rs --junitxml=build/quality/engines.xml $(ARGS)

fuzz: $(VENDOR) $(VENV) ## Send new hostile input for some minutes, or until something fails (MINUTES=10)
	@.venv/bin/python tests/browser/install.py
	.venv/bin/python -m tests.hostile $(MINUTES)

quality: ## Run the suite, the robot and the long day, and write docs/quality.md (an hour)
	-$(MAKE) test ARGS="--junitxml=build/quality/suite.xml"
	-$(MAKE) robot ARGS="--seeds 5 --minutes 3"
	-$(MAKE) longday
	.venv/bin/python -m tests.quality

check: $(VENDOR) $(VENV) ## Check spelling, format, lint and types of all Python and JavaScript, and look for what nobody uses
	.venv/bin/codespell
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	node_modules/.bin/tsc --project static/jsconfig.json
	.venv/bin/vulture
	node_modules/.bin/knip --no-progress
	node static/build/unused.js

format: $(VENV) ## Format all Python
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

bench: $(VENDOR) $(VENV) ## Measure the start of the page and the engine, side by side
	@.venv/bin/python tests/browser/install.py
	.venv/bin/python -m tests.bench

benchmarks: $(VENDOR) $(VENV) ## Measure the start and training, and write docs/benchmarks.md
	@.venv/bin/python tests/browser/install.py
	.venv/bin/python -m tests.bench.document

pictures: $(VENDOR) $(VENV) ## Take the pictures in docs/ from the real page
	@.venv/bin/python tests/browser/install.py
	.venv/bin/python -m tests.browser.pictures

robot: $(VENDOR) $(VENV) ## Let a robot use the page by chance, and see what it finds (ARGS="--seed 7 --minutes 10")
	@.venv/bin/python tests/browser/install.py
	.venv/bin/python -m tests.robot $(ARGS)

longday: $(VENDOR) $(VENV) ## Train and edit for 30 minutes, start Python 200 times: does the page grow? (ARGS="--minutes 10")
	@.venv/bin/python tests/browser/install.py
	.venv/bin/python -m tests.robot.longday $(ARGS)

clean: ## Remove everything that was made
	rm -rf .venv node_modules static/vendor dist dist.zip app/serve/site wheels build .pytest_cache .mypy_cache .ruff_cache

$(VENV): pyproject.toml
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --group dev
	@touch $@

$(NODE): package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(VENDOR): $(NODE) $(wildcard static/build/*.js) static/css/tokens.css
	node static/build/vendor.js
