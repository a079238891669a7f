"""Starts the embedded services before pytest-django reads the settings; once, also under xdist."""

import os

import pytest

from partnership.local import services

EMBEDDED = "PORTAL_EMBEDDED_SERVICES"


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests():
    """A wrapper runs before every plain hook, so before pytest-django reads the settings; also in xdist's workers."""
    if services.missing():
        try:
            found = services.ensure_running()
        except services.ServiceError as error:
            raise pytest.UsageError(str(error)) from error
        if "REDIS_URL" not in os.environ:
            os.environ[EMBEDDED] = found["REDIS_URL"]
        os.environ.update(found)
    if EMBEDDED in os.environ:  # a broker of its own for each worker; 0 is the portal's
        worker = os.environ.get("PYTEST_XDIST_WORKER", "gw14").removeprefix("gw")
        os.environ["REDIS_URL"] = os.environ[EMBEDDED].replace("db=0", f"db={int(worker) + 1}")
    os.environ.setdefault("PGOPTIONS", "-c synchronous_commit=off")  # tests need no disk they could lose
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's event loop runs beside the tests
    os.environ["DEMONSTRATION"] = "1"  # its pages are tested too
    return (yield)


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
