# `make run` and `make test` need Python 3.11 or later, make and git; all else is put into .venv, node_modules and var.
PORT ?= 8000
PY := .venv/bin/python
UV := 0.13.9
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_CACHE_DIR := 1
export PIP_ROOT_USER_ACTION := ignore
export npm_config_cache := $(CURDIR)/var/npm
unexport PYTHONDONTWRITEBYTECODE # compiling our modules again takes a third of every start

.PHONY: help run dev test check fix bench backup restore demo-reset lock ready ready-to-run
help: ## lists these commands
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

run: ready-to-run ## the portal with its demonstration on http://127.0.0.1:8000 (PORT=8001 for another port)
	@exec $(PY) -m partnership.local.run --port $(PORT)

dev: ready ## the same with DEBUG, and it reloads what you change
	@exec $(PY) -m partnership.local.run --port $(PORT) --dev

test: ready ## every test, against a real database, broker and mail server (ARGS= goes to pytest)
	@$(PY) -m pytest $(ARGS)

check: ready ## style, types, import rules, words, templates, missing migrations, deployment settings
	@$(PY) -m partnership.local.check

fix: ready ## formats, and fixes what ruff can
	@$(PY) -m ruff check --quiet --fix . ; $(PY) -m ruff format --quiet .

bench: ready ## the measurements of the README, each beside the limit of this machine
	@$(PY) -m bench

backup: ready-to-run ## rows and uploaded files in one archive (FILE= says where, else var/backups)
	@$(PY) -m partnership.local.backup backup $(FILE)

restore: ready-to-run ## puts an archive of `make backup` into an empty portal (FILE= says which)
	@$(PY) -m partnership.local.backup restore $(FILE)

demo-reset: ready-to-run ## empties the database and loads the demonstration again
	@$(PY) -m partnership.local.prepare --reset

lock: ready-to-run ## writes the requirements files again, with hashes (ARGS=--upgrade for newer versions)
	@$(PY) -m pip install -qq --upgrade --target var/lock uv==$(UV)
	@$(PY) -m partnership.local.lock $(ARGS)

ready: .venv/ready node_modules/ready # what tests and checks need, and running too

ready-to-run: .venv/run node_modules/run

.venv/run: requirements.txt partnership/local/requirements-run.txt
	@sh partnership/local/setup.sh python run

.venv/ready: requirements.txt partnership/local/requirements-run.txt requirements-dev.txt
	@sh partnership/local/setup.sh python dev

node_modules/run: package.json package-lock.json | .venv/run
	@sh partnership/local/setup.sh node run

node_modules/ready: package.json package-lock.json | .venv/ready
	@sh partnership/local/setup.sh node dev
