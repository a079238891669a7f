"""Settings that would fail later are named before the portal starts."""

import pytest

from partnership.accounts import checks


@pytest.mark.parametrize("name", ["PUBLIC_FORM_RATE", "PUBLIC_FORM_RATE_FROM_HERE"])
def test_rate_that_cannot_be_read_is_named(settings, name):
    assert checks.rates_can_be_read() == []
    setattr(settings, name, "20/10min")
    [error] = checks.rates_can_be_read()
    assert error.msg.startswith(f"{name} cannot be read. A rate is a number, a slash and a time")
