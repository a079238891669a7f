"""A folder that takes longer than its budget fails the run, and says so."""

import pytest

from tests.budgets import Budgets


@pytest.fixture
def budgets() -> Budgets:
    found = Budgets()
    found.budgets, found.slower = {".": 10, "assemblies": 20, "assemblies/lists": 5}, 1
    return found


def ran(nodeid: str, seconds: float) -> pytest.TestReport:
    return pytest.TestReport(nodeid, (nodeid, 0, ""), {}, "passed", None, "call", duration=seconds)


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("tests/test_words.py", "."),
        ("tests/places/test_place.py", "."),
        ("tests/assemblies/organising/test_meeting.py", "assemblies"),
        ("tests/assemblies/lists/test_reading.py", "assemblies/lists"),
        ("tests/assemblies/papers/test_agenda.py", "assemblies"),
    ],
)
def test_test_counts_to_the_deepest_folder_with_a_budget(budgets, path, folder):
    assert budgets.folder(f"{path}::test_it") == folder


@pytest.mark.parametrize(("slower", "status"), [(1, 1), (1.2, 0), (3, 0)])
def test_folder_over_its_budget_fails_the_run(budgets, slower, status):
    for number in range(3):
        budgets.pytest_runtest_logreport(ran(f"tests/assemblies/lists/test_{number}.py::test_it", 1.9))
    assert budgets.exit_status(slower=slower) == status
    assert budgets.over == (["assemblies/lists"] if slower == 1 else [])


def test_busy_machine_only_warns(budgets):
    budgets.pytest_runtest_logreport(ran("tests/assemblies/lists/test_it.py::test_it", 99))
    assert budgets.exit_status(slower=3) == 0
    assert budgets.over == ["assemblies/lists"]
