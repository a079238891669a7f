"""The measurements are run by hand, and rarely: this checks that what they import still exists."""

import ast
from importlib import import_module, util
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parent.parent / "bench"
IMPORTS = sorted(
    {
        (node.module, name.name)
        for file in BENCH.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module
        for name in node.names
    }
)


@pytest.mark.parametrize(("module", "name"), IMPORTS)
def test_what_a_measurement_imports_is_there(module, name):
    if module.startswith("bench.plain"):  # an app of its own, with settings of its own
        assert util.find_spec(module)
    else:
        assert hasattr(import_module(module), name) or util.find_spec(f"{module}.{name}")
