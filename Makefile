# `make run` and `make test` need Python 3.11 or later, make and git; all else is put into .venv, node_modules and var.
PORT ?= 8000
PY := .venv/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_CACHE_DIR := 1
export PIP_ROOT_USER_ACTION := ignore
export npm_config_cache := $(CURDIR)/var/npm
unexport PYTHONDONTWRITEBYTECODE # compiling our modules anew takes a third of every start

.PHONY: help run test check bench backup restore demo-reset ready
help: ## what can be made
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

run: ready ## the portal with its demonstration on http://127.0.0.1:8000 (PORT=8001 for another port)
	@exec $(PY) -m partnership.local.run --port $(PORT)

test: ready ## every test, against a real database, broker and mail server (ARGS= goes to pytest)
	@$(PY) -m pytest $(ARGS)

check: ready ## style, import rules, templates, missing migrations, deployment settings
	@$(PY) -m partnership.local.check

bench: ready ## the measurements of the README, each beside the limit of this machine
	@$(PY) -m bench

backup: ready ## rows and uploaded files in one archive (FILE= says where, else var/backups)
	@$(PY) -m partnership.local.backup backup $(FILE)

restore: ready ## puts an archive of `make backup` into an empty portal (FILE= says which)
	@$(PY) -m partnership.local.backup restore $(FILE)

demo-reset: ready ## empties the database and loads the demonstration afresh
	@$(PY) -m partnership.local.prepare --reset

ready: .venv/ready node_modules/ready

.venv/ready: requirements.txt requirements-dev.txt
	@sh partnership/local/setup.sh python

node_modules/ready: package.json package-lock.json | .venv/ready
	@sh partnership/local/setup.sh node
