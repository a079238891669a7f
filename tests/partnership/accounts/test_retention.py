"""Sessions that have ended leave no row behind."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from partnership import retention

pytestmark = pytest.mark.django_db


def test_ended_sessions_are_deleted_and_running_ones_stay():
    now = timezone.now()
    for key, hours in (("ended", -1), ("runs", 1)):
        Session.objects.create(session_key=key, session_data="x", expire_date=now + timedelta(hours=hours))
    assert retention.every_hour(now)["sessions"] == 1
    assert [each.session_key for each in Session.objects.all()] == ["runs"]
