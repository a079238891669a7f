from datetime import timedelta

import pytest

from assemblies.meetings.models import Meeting
from partnership.accounts.models import User
from tests import factories as make
from tests.proxied import NGINX


@pytest.fixture
def media(settings, tmp_path) -> None:
    """A folder for files, for one test."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def meeting() -> Meeting:
    """A published meeting a month ahead."""
    starts_at = make.in_days(30)
    return make.MeetingFactory(slug="september", starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))


@pytest.fixture
def chair(meeting) -> User:
    """Who chairs its board."""
    return make.ChairFactory(seat__board=meeting.board).holder


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where there is no proxy, one test says so for all that need one: a line for each would hide what else is said."""
    behind = [item for item in items if "ports" in getattr(item, "fixturenames", ())]
    if not NGINX and behind[1:]:
        items[:] = [item for item in items if item not in behind[1:]]
        config.hook.pytest_deselected(items=behind[1:])
