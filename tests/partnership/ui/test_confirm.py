"""The page that asks before an act: what will happen, one button, and the way back."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from partnership.partners.forms import RefuseForm
from partnership.ui.confirm import confirm


@pytest.fixture
def ask():
    def page(**words) -> str:
        request = RequestFactory().get("/")
        request.user = AnonymousUser()
        usual = {"question": "Close it?", "consequence": "Nobody is emailed.", "label": "Close", "back": "/back/"}
        return confirm(request, **(usual | words)).content.decode()

    return page


def test_page_asks_says_what_happens_and_leads_back(ask):
    page = ask(about="Board, Thursday 17 September 2020", trail=[("Meetings", "/meetings/"), ("Board", "/board/")])
    assert "<title>Close it? – Board – Meetings – " in page
    for words in (">Close it?</h1>", "Nobody is emailed.", "Board, Thursday 17 September 2020", ">Close</button>"):
        assert words in page
    assert page.index('href="/meetings/">Meetings</a>') < page.index('href="/board/">Board</a>')
    assert 'href="/back/">No, go back</a>' in page


@pytest.mark.parametrize("warning", [True, False])
def test_only_what_takes_something_away_has_a_warning_button(ask, warning):
    assert ("govuk-button--warning" in ask(warning=warning)) is warning


def test_form_brings_its_own_button(ask):
    page = ask(form=RefuseForm(), label="")
    assert page.count("<form") == 1
    assert 'name="reason"' in page
    assert "No, go back" in page
