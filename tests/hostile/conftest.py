import pytest

from tests.proxied import NGINX


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where there is no proxy, one test says so for all that need one: a line for each would hide what else is said."""
    behind = [item for item in items if "ports" in getattr(item, "fixturenames", ())]
    if not NGINX and behind[1:]:
        items[:] = [item for item in items if item not in behind[1:]]
        config.hook.pytest_deselected(items=behind[1:])
