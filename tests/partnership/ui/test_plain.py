"""Markdown as text, and the width of an email."""

import pytest

from partnership.outbox.compose import compose
from partnership.ui.templatetags.portal import plain
from tests import factories as make


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("**Why now?** Because *we* said so.", "Why now? Because we said so."),
        ("# Dear all\n\nCome.", "Dear all\n\nCome."),
        ("- one\n- **two**\n  - three\n\nEnd", "• one\n• two\n  • three\n\nEnd"),
        ("3. c\n4. d", "3. c\n4. d"),
        ("See [the plan](https://example.org/plan).", "See the plan (https://example.org/plan)."),
        (
            "<https://example.org/a_b_c> or https://example.org/a_b_c",
            "https://example.org/a_b_c or https://example.org/a_b_c",
        ),
        ("[ann@example.org](mailto:ann@example.org)", "ann@example.org"),
        ("> said\n> twice", "  said\n  twice"),
        ("one\ntwo\n\nthree", "one\ntwo\n\nthree"),
        ("`code` and \\*stars\\* and 2 < 3 & 4", "code and *stars* and 2 < 3 & 4"),
        ("a <b>bold</b> word", "a bold word"),
        ("| When | What |\n|---|---|\n| 9am | **Tea** |", "When | What\n9am | Tea"),
        ("", ""),
        (None, ""),
    ],
)
def test_markdown_is_set_as_text(written, read):
    assert plain(written) == read


def emails() -> list[tuple[str, str, str]]:
    """Emails with words that people wrote in Markdown, and with long addresses."""
    table = "| When | What | Who | Where | How |\n|---|---|---|---|---|\n| Wednesday | Introductions | x | y | z |"
    marks = f"**Why now?**\n\n{table}"
    meeting = make.MeetingFactory(
        letter=marks, letter_from="The chair", venue_access=marks, format="hybrid", venue_name="Hall"
    )
    link = f"https://portal.example.org/i/{'k' * 43}/"
    shared = {
        "meeting": meeting,
        "about": meeting,
        "link": link,
        "cancel_link": link,
        "decline_link": link,
        "name": "Ann",
    }
    shared |= {"closes_at": meeting.starts_at, "reason": marks, "old": "then", "tie": "coming"}
    shared |= {"words": marks, "rich_words": marks}
    names = [
        "invitations/invitation",
        "organising/reminder",
        "organising/meeting_moved",
        "organising/meeting_cancelled",
    ]
    return [compose(name, shared) for name in names]


@pytest.mark.django_db
def test_text_of_emails_shows_no_mark_of_markdown():
    for subject, text, html in emails():
        assert "Why now?" in text, subject
        assert "**" not in text, subject
        assert "|---" not in text, subject
        assert "<strong>Why now?</strong>" in html, subject


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_emails_are_no_wider_than_a_small_phone(open_browser):
    page = open_browser(width=320)
    for subject, _, html in emails():
        page.set_content(html)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, subject
