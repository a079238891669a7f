"""Dates as people read them, Markdown that can carry no harm, states as words with a colour."""

from datetime import UTC, date, datetime, time
from types import SimpleNamespace

import pytest
from django.template import Context, Template, engines
from hypothesis import given
from hypothesis import strategies as st

from partnership import dates
from partnership.ui.templatetags import portal

START = datetime(2020, 9, 17, 8, 30, tzinfo=UTC)


def test_dates_are_said_in_local_time():
    meeting = SimpleNamespace(starts_at=START, ends_at=datetime(2020, 9, 17, 11, 30, tzinfo=UTC))
    assert portal.when(meeting) == "Thursday 17 September 2020, 9.30am to 12.30pm"
    assert portal.day(START) == "Thursday 17 September 2020"
    assert portal.clock(START) == "9.30am"
    assert portal.moment(START) == "17 September 2020 at 9.30am"


def test_meeting_over_two_days_names_both():
    end = datetime(2020, 9, 18, 15, 0, tzinfo=UTC)
    assert dates.span(START, end) == "Thursday 17 September 2020, 9.30am to Friday 18 September 2020, 4pm"


@pytest.mark.parametrize(
    ("value", "words"),
    [(time(0), "12am"), (time(12), "12pm"), (time(12, 5), "12.05pm"), (time(14), "2pm"), (time(9, 30), "9.30am")],
)
def test_clock_is_said_as_in_britain(value, words):
    assert portal.clock(value) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [(17, "today"), (18, "tomorrow"), (16, "yesterday"), (21, "in 4 days"), (13, "4 days ago")],
)
def test_days_left_are_said_in_words(day, words):
    assert dates.days_left(date(2020, 9, day), date(2020, 9, 17)) == words


@pytest.mark.parametrize("empty", [portal.day, portal.clock, portal.moment, portal.when, portal.days_left])
def test_no_date_is_no_words(empty):
    assert empty(None) == ""


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "<a href='data:text/html,x'>x</a>",
        '<p style="position:fixed">x</p>',
        "![](http://example.org/pixel.png)",
        "<iframe src='/'></iframe>",
    ],
)
def test_markdown_carries_no_script_style_or_picture(written):
    html = portal.rich(written).lower()
    for harm in ("<script", "onerror", 'href="javascript', "data:", "style=", "<img", "<iframe"):
        assert harm not in html.replace("&lt;", "")


@given(st.text(max_size=300))
def test_no_words_break_markdown_or_open_a_script(written):
    html = portal.rich(f"{written}<script>")
    assert "<script" not in html
    assert "<h1" not in html


def test_markdown_keeps_what_writers_need():
    html = portal.rich("# Why now\n\nDear **colleague**,\n\n- one\n- two\n\n[read](https://example.org)")
    for words in (
        "<h2>Why now</h2>",
        "<strong>colleague</strong>",
        "<li>one</li>",
        'rel="noopener noreferrer nofollow"',
    ):
        assert words in html


def test_state_is_a_word_with_a_colour_and_cannot_carry_markup():
    shown = Template("{% load portal %}{% state_tag words %}")
    assert 'govuk-tag--green">Published' in shown.render(Context({"words": "Published"}))
    assert "<b>" not in shown.render(Context({"words": "<b>bold</b>"}))


@pytest.mark.parametrize(("count", "words"), [(0, "0 people"), (1, "1 person"), (1200, "1,200 people")])
def test_plural_is_said_as_people_say_it(count, words):
    assert portal.plural(count, "person,people") == words


def test_how_long_something_is_kept_follows_the_setting(settings):
    settings.NEEDS_KEPT_DAYS = 14
    template = engines["django"].from_string('{% load portal %}{% kept_for "NEEDS_KEPT_DAYS" %}')
    assert template.render() == "14 days"
