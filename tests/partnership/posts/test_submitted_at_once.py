"""An application sent in, or an applicant appointed, by several at the same moment: it happens once."""

from contextlib import suppress

import pytest
from django.utils import timezone

from partnership.boards.models import Appointment
from partnership.posts.actions import application, post
from partnership.posts.models import Application
from partnership.refusals import Refusal
from tests.at_once import at_once
from tests.factories import ApplicationFactory, PostFactory, StaffFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_application_sent_at_once_is_one_application():
    advert = PostFactory()
    given = {"name": "Jo Field", "email": "jo@example.org", "phone": "", "statement": "I would listen first."}
    at_once(lambda: application.send(post=advert, **given))
    assert Application.objects.count() == 1


def test_appointed_at_once_one_applicant_gets_the_seat():
    staff, advert = StaffFactory(), PostFactory(state="interviews")
    both = [ApplicationFactory(post=advert, state="shortlisted") for _ in range(2)]
    left = both * 2

    def appoint():
        with suppress(Refusal):  # somebody has the seat
            return post.appoint(
                application=left.pop(), by=staff, starts_on=timezone.localdate(), ends_on=None, remuneration="none"
            )

    assert len([each for each in at_once(appoint) if each]) == 1
    assert Appointment.objects.count() == 1
    assert sorted(Application.objects.values_list("state", flat=True)) == ["appointed", "not_appointed"]
