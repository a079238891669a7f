"""Says how long each folder of tests took, and the slowest twenty; a folder over its budget fails the run.

Budgets stand in `budgets.toml`: seconds summed over workers, for a machine on which `_loop` takes `loop` seconds. They grow
with the time it takes here and now; where that is more than twice as long the machine is busy, and we only warn.
"""

import time
import tomllib
from collections import Counter
from pathlib import Path, PurePath

import pytest

TESTS = Path(__file__).resolve().parent
SLOWEST, WORTH_SAYING = 20, 100  # tests named; tests in a run from which on anything is said
BUSY = 2


class Budgets:
    """Adds up what the reports of all workers say."""

    def __init__(self) -> None:
        told = tomllib.loads((TESTS / "budgets.toml").read_text())
        self.loop, self.budgets = told["loop"], told["folders"]
        self.tests, self.folders = Counter(), Counter()
        self.slower = _loop() / self.loop
        self.over: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.tests[report.nodeid] += report.duration
        self.folders[self.folder(report.nodeid)] += report.duration

    def folder(self, nodeid: str) -> str:
        """Returns the deepest folder that has a budget, `.` for tests that are in none."""
        above = [str(each) for each in PurePath(nodeid.partition("::")[0]).relative_to("tests").parents]
        return next((each for each in above if each in self.budgets), ".")

    def exit_status(self, *, slower: float) -> int:
        """Returns 1 where a folder is over its budget, on a machine that is so many times as slow as ours; else 0."""
        self.slower = max(1, slower)
        self.over = [name for name, took in self.folders.items() if took > self.budgets[name] * self.slower]
        return int(bool(self.over) and self.slower < BUSY)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.exit_status(slower=max(self.slower, _loop() / self.loop)):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        say = terminalreporter.write_line
        if len(self.tests) >= WORTH_SAYING:
            terminalreporter.section("seconds by folder")
            for name, took in self.folders.most_common():
                say(f"{took:7.1f} of {self.budgets[name] * self.slower:7.1f}  {name}")
            terminalreporter.section(f"slowest {SLOWEST}")
            for name, took in self.tests.most_common(SLOWEST):
                say(f"{took:7.1f}  {name}")
        for name in self.over:
            say(f"{name} took {self.folders[name]:.0f} s, more than its budget (tests/budgets.toml).", red=True)
        if self.over and self.slower >= BUSY:
            say(f"The machine was {self.slower:.1f} times as slow as it should be, so this is only a warning.")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Budgets(), "budgets")


def _loop() -> float:
    """Returns the seconds that a fixed piece of work takes here and now."""
    started = time.perf_counter()
    for number in range(1_500_000):
        hash(number * number)
    return time.perf_counter() - started
