"""Starts the embedded services before pytest-django reads the settings; once, also under xdist.

Tests of one file run in this process, and the services start when the first test that needs them does: so that one test starts
within a second.
"""

import argparse
import atexit
import gc
import os
import shutil
import tempfile

import pytest

from partnership.local import services

EMBEDDED = "PORTAL_EMBEDDED_SERVICES"


PROCESSES = 2
# What a test that uses database or broker has, itself or through another fixture.
NEEDS_SERVICES = {"django_db_setup", "broker"}
_named_not_started: list[str] = []  # the variables of the environment that say where services will be


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config):
    """A wrapper runs before every plain hook, so before pytest-django reads the settings; also in xdist's workers."""
    if services.missing():
        if _processes(early_config.known_args_namespace):
            found = _started()
        else:
            found = services.addresses()
            _named_not_started.extend(found.keys() - os.environ.keys())
        if "REDIS_URL" not in os.environ:
            os.environ[EMBEDDED] = found["REDIS_URL"]
        os.environ.update(found)
    if EMBEDDED in os.environ:  # a broker of its own for each worker; 0 is the portal's
        worker = os.environ.get("PYTEST_XDIST_WORKER", "gw14").removeprefix("gw")
        os.environ["REDIS_URL"] = os.environ[EMBEDDED].replace("db=0", f"db={int(worker) + 1}")
    os.environ.setdefault("PGOPTIONS", "-c synchronous_commit=off")  # tests need no disk they could lose
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's event loop runs beside the tests
    os.environ["DEMONSTRATION"] = "1"  # its pages are tested too
    if "BALLOT_KEYS_DIR" not in os.environ:  # also for what tests start, and for xdist's workers
        os.environ["BALLOT_KEYS_DIR"] = tempfile.mkdtemp(prefix="portal-ballot-keys-")
        atexit.register(shutil.rmtree, os.environ["BALLOT_KEYS_DIR"], ignore_errors=True)
    gc.disable()  # while everything is loaded nothing becomes garbage
    try:
        return (yield)
    finally:
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session):
    """What is loaded stays: the collector looks at it no more, and seldom at the rest, as in partnership/gunicorn.py."""
    gc.disable()
    result = yield
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
    gc.enable()
    return result


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main(config: pytest.Config):
    """Before xdist's own: two processes, or one for the tests of one file, unless -n is given."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        config.option.numprocesses = _processes(config.option)
    return (yield)


def pytest_fixture_setup(fixturedef: pytest.FixtureDef) -> None:
    if fixturedef.argname in NEEDS_SERVICES:
        _start_what_was_named()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests of what runs on this machine start processes of their own, which find the services in the environment."""
    if "tests/partnership/local/" in item.nodeid:
        _start_what_was_named()


def _processes(options: argparse.Namespace) -> int:
    """How many processes run the tests; 0 for this one alone."""
    if "PYTEST_XDIST_WORKER" in os.environ:  # a worker that started workers would fill the machine
        return 0
    if options.numprocesses is not None:
        return options.numprocesses
    files = {argument.partition("::")[0] for argument in options.file_or_dir}
    alone = len(files) == 1 and files.pop().endswith(".py")
    return 0 if alone or options.usepdb else PROCESSES


def _start_what_was_named() -> None:
    if not _named_not_started:
        return
    given = {name: os.environ.pop(name) for name in _named_not_started}
    _named_not_started.clear()
    _started()
    os.environ.update(given)


def _started() -> dict[str, str]:
    try:
        return services.ensure_running()
    except services.ServiceError as error:
        raise pytest.UsageError(str(error)) from error


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """The controller leaves nothing running, unless somebody else uses it."""
    if not hasattr(config, "workerinput"):
        services.release(wait=3)


@pytest.hookimpl(tryfirst=True, wrapper=True)
def pytest_sessionfinish(session: pytest.Session):
    """CI refuses skipped tests: PORTAL_REFUSE_SKIPS=1 turns each into a failure of the run."""
    result = yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("PORTAL_REFUSE_SKIPS") == "1" and reporter and reporter.stats.get("skipped"):
        reporter.write_line("Skipped tests are refused here (PORTAL_REFUSE_SKIPS=1).", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    return result
