"""The questions of each kind of notice: in its words, filled in with what is known, and all that is wrong said at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assemblies.executive_notices import asked
from assemblies.executive_notices.forms.notice import ASKED, NoticeForm
from assemblies.executive_notices.notice_kinds import ABOUT, Kind
from partnership.dates import short_day
from tests.factories import ExecutiveNoticeFactory, KeyDecisionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return KeyDecisionFactory(topic__title="A new depot")


def form_of(item, kind, data=None) -> NoticeForm:
    return NoticeForm(data, asked=asked.key_decision(item, timezone.now()), kind=kind)


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_asks_its_own_questions_in_its_own_words(item, kind):
    form = form_of(item, kind, {})
    assert set(form.fields) == set(ASKED[kind])
    assert form.submit_label == ABOUT[kind].button
    if "reasons" in form.fields:
        assert form.fields["reasons"].label == ABOUT[kind].reasons
        assert form.fields["reasons"].help_text == ABOUT[kind].hint
        assert form.errors["reasons"] == ["Give the reason in a sentence"]
    if "told" in form.fields:
        told = "Who was told" if kind == Kind.KEY_SCRUTINY else "Who agreed"
        assert form.fields["told"].label == told
        assert ("vice-chair of the council" in form.fields["told"].help_text) == (told == "Who agreed")


def test_form_begins_with_the_day_and_what_was_said_before(item):
    day = timezone.localdate(item.meeting.starts_at)
    known = {"first_on": day, "last_on": day, "matter": "A new depot"}
    assert form_of(item, Kind.KEY).initial == known
    gone = ExecutiveNoticeFactory(
        item=item, matter="Buying from Mr Smith", withdrawn_at=timezone.now(), withdrawn_because="It named him."
    )
    assert form_of(item, Kind.KEY).initial == known
    ExecutiveNoticeFactory(item=item, matter="Buying land", published_at=gone.published_at - timedelta(days=1))
    assert form_of(item, Kind.KEY_SCRUTINY).initial == known | {"matter": "Buying land"}


def test_all_that_is_wrong_is_said_at_once(item):
    today = timezone.localdate()
    wrong = {"first_on": short_day(today), "last_on": short_day(today - timedelta(days=1))}
    assert form_of(item, Kind.KEY, wrong).errors.keys() == {"matter", "last_on"}
    told = {"told": "Ann Lee", "told_on": short_day(today + timedelta(days=1))}
    assert form_of(item, Kind.KEY_SCRUTINY, told).errors.keys() == {"matter", "told_on", "reasons"}
    said = {"representations": "A newspaper asked to come."}
    assert form_of(item, Kind.PRIVATE_SECOND, said).errors.keys() == {"matter", "reasons", "answer"}


def test_who_was_told_today_was_told(item):
    told = {"matter": "Land", "reasons": "A grant.", "told": "Ann Lee", "told_on": short_day(timezone.localdate())}
    assert form_of(item, Kind.KEY_SCRUTINY, told).is_valid()
