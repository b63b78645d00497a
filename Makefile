# Everything a person does with Opora's source. `make demo` and `make test` need nothing else.
PY := .venv/bin/python
STAMP := .venv/ready-$(shell cat requirements/dev.txt | sha256sum | cut -c1-16)
TEST := OPORA_MODE=test $(PY) -m pytest
SHELL := /bin/bash

.PHONY: help setup demo test test-postgres test-all check bench css lock messages evidence clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(STAMP)  ## the environment: .venv with everything, system parts where we may install them
$(STAMP): requirements/dev.txt
	@bash scripts/setup.sh
	@rm -f .venv/ready-* && touch $@

demo: setup  ## Opora with a demonstration region on http://127.0.0.1:8000
	@OPORA_MODE=demo $(PY) -m opora.config.cli demo

test: setup  ## what the README promises: every room, the engines, people's tasks in the browser
	@bash scripts/test.sh

test-postgres: setup  ## everything that touches the database, on a PostgreSQL of its own
	@bash scripts/test_postgres.sh

test-all: setup  ## every page x width x language x role, the long trials and those of the second tier
	$(TEST) -q -m "every or slow or browser or not every"

check: setup  ## format, types, arrows, templates, catalogues, pictures of the design that are current
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	OPORA_MODE=test .venv/bin/mypy opora
	OPORA_MODE=test .venv/bin/lint-imports --no-cache
	.venv/bin/djlint opora --profile jinja --extension html --lint --quiet
	$(PY) scripts/messages.py --check
	$(PY) scripts/build_css.py --check
	OPORA_MODE=test $(PY) manage.py makemigrations --check --dry-run
	OPORA_MODE=test $(PY) manage.py check

bench: setup  ## speed and memory beside a baseline in the same run; the engines' table goes to docs/benchmarks.md
	@for file in bench/*.py; do echo "== $$file"; PYTHONPATH=. OPORA_MODE=test $(PY) $$file || exit 1; done
	@PYTHONPATH=. $(PY) -m bench.engines

css: setup  ## rebuild stylesheet and fonts (needs npm)
	$(PY) scripts/build_css.py

messages: setup  ## update the catalogues of every room
	$(PY) scripts/messages.py

lock: setup  ## lock the requirements by hash, without any host
	@for name in base pg dev; do .venv/bin/uv pip compile requirements/$$name.in -o requirements/$$name.txt --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --exclude-newer "$$(cat requirements/as-of)" --custom-compile-command "make lock" --system-certs -q || exit 1; done

evidence: setup  ## pictures of the README and click logs of people's tasks, into docs/evidence
	@$(PY) scripts/evidence.py

clean:  ## the demonstration's data and test leftovers; never the sources
	rm -rf var test-results .pytest_cache .mypy_cache .ruff_cache .hypothesis
