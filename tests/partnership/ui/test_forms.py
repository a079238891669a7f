"""The base form speaks plainly and keeps what was typed."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import get_resolver

from partnership.boards.models import Board
from partnership.ui.fields import DayField, MomentField
from partnership.ui.forms import CleanedField, PortalForm
from tests.classes import APPS, below

ROOT = Path(__file__).parents[3]


class MeetingForm(PortalForm):
    title = forms.CharField(max_length=20)
    email = forms.EmailField(label="Email address")
    kind = forms.ChoiceField(choices=[("", ""), ("a", "Assembly")], widget=forms.Select)
    starts = MomentField(label="Start")
    review = DayField(label="Review", required=False)
    note = forms.CharField(required=False, help_text="Anything <b>else</b>")


def rendered(form):
    template = Template("{% load crispy_forms_tags crispy_forms_gds %}{% error_summary form %}{% crispy form %}")
    return template.render(Context({"form": form, "request": RequestFactory().get("/")}))


def answers(**changes):
    whole = {
        "title": "Assembly",
        "email": "a@example.org",
        "kind": "a",
        "starts_day": "17 9 2026",
        "starts_clock": "9.30am",
    }
    return whole | changes


def test_empty_form_says_what_to_enter_in_each_field():
    form = MeetingForm({})
    assert form.errors == {
        "title": ["Enter the title"],
        "email": ["Enter the email address"],
        "kind": ["Select the kind"],
        "starts": ["Start: enter the date and the time"],
    }


def test_moment_is_read_in_the_portals_time_zone():
    form = MeetingForm(answers())
    assert form.is_valid(), form.errors
    assert form.cleaned_data["starts"] == datetime(2026, 9, 17, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "clock", "messages"),
    [
        ("17 9 2026", "", ["Start: enter the time too"]),
        ("", "9am", ["Start: enter the date too"]),
        (
            "31/9/2026",
            "25.00",
            ["There is no such day: check the day and the month", "Enter a time between 00:00 and 23:59"],
        ),
        ("29 March 2026", "1.30am", ["There is no such time on that day: the clocks go forward then"]),
    ],
)
def test_unreadable_moment_keeps_both_answers_and_names_each_error(day, clock, messages):
    form = MeetingForm(answers(starts_day=day, starts_clock=clock))
    assert form.errors["starts"] == messages
    html = rendered(form)
    assert f'value="{day}"' in html or not day
    assert f'value="{clock}"' in html or not clock
    for message in messages:
        assert html.count(message) == 2, "once in the summary, once beside the field"


def test_moment_shows_a_stored_time_as_people_say_it():
    html = rendered(MeetingForm(initial={"starts": datetime(2026, 9, 17, 8, 30, tzinfo=UTC)}))
    assert 'value="17 September 2026"' in html
    assert 'value="9.30am"' in html


def test_error_summary_links_reach_a_field_on_the_page():
    html = rendered(MeetingForm(answers(starts_day="", title="")))
    for anchor in ("id_title", "id_starts_0"):
        assert f'href="#{anchor}"' in html
        assert f'id="{anchor}"' in html


def test_label_and_hint_cannot_carry_markup():
    form = MeetingForm()
    form.fields["title"].label = "<script>alert(1)</script>"
    html = rendered(form)
    assert "<script>" not in html
    assert "<b>else</b>" not in html


def test_address_in_the_wrong_form_is_explained():
    form = MeetingForm(answers(email="nobody"))
    assert form.errors["email"] == ["Enter an email address in the right form, like name@example.org"]


def test_optional_fields_say_so():
    form = MeetingForm()
    assert form["note"].label == "Note (optional)"
    assert form["title"].label == "Title"
    assert "Review (optional)" in rendered(form)


PASTED = "Car\x00er\x85s\r\nof\u200b \t Halton\x0b\u2028"


class TypedForm(PortalForm):
    title = forms.CharField()
    email = forms.EmailField()
    website = forms.URLField(assume_scheme="https")
    day = DayField()
    starts = MomentField()
    carried = forms.CharField(widget=forms.HiddenInput)
    about = forms.CharField(widget=forms.Textarea)
    password = forms.CharField(widget=forms.PasswordInput, strip=False)


def test_what_cannot_be_seen_leaves_every_box_of_a_form():
    form = TypedForm(
        {
            "title": PASTED,
            "email": "a@exam\u200bple.org\n",
            "website": "https://example.org/\x0b",
            "day": "17\u200b 9\n2026",
            "starts_day": "17 9\x00 2026",
            "starts_clock": "9.30\u00adam",
            "carried": "One\r\ntwo",
            "about": PASTED,
            "password": " a\u200bb  c ",
        }
    )
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "title": "Carer s of Halton",
        "email": "a@example.org",
        "website": "https://example.org/",
        "day": date(2026, 9, 17),
        "starts": datetime(2026, 9, 17, 8, 30, tzinfo=UTC),
        "carried": "One\ntwo",
        "about": "Carer\ns\nof \t Halton",
        "password": " a\u200bb  c ",
    }
    assert 'value="Carer s of Halton"' in rendered(form)


class AddressForm(PortalForm):
    email = forms.EmailField()
    row = forms.CharField(widget=forms.EmailInput)


@pytest.mark.parametrize(
    "typed", ["ann.o’six@example.org", "ann.o‘six@example.org\u200b", " ann.o'six@exam\u00adple.org"]
)
def test_address_is_kept_as_keyboards_write_it(typed):
    form = AddressForm({"email": typed, "row": typed})
    assert form.is_valid(), form.errors
    assert set(form.cleaned_data.values()) == {"ann.o'six@example.org"}


def test_address_at_the_number_of_a_computer_is_refused():
    form = AddressForm({"email": "ann@[10.0.0.1]", "row": "x"})
    assert form.errors["email"] == ["Enter an email address in the right form, like name@example.org"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Ann \u0378 Hill", "The character after “Ann ” cannot be shown: delete it, or write it in another way"),
        ("\ue000Ann", "The first character cannot be shown: delete it, or write it in another way"),
    ],
)
def test_character_that_nobody_can_read_is_refused(typed, said):
    form = MeetingForm(answers(title=typed, note=typed))
    assert form.errors == {"title": [said], "note": [said]}


def test_every_form_of_the_portal_cleans_what_is_typed():
    assert get_resolver().url_patterns, "every view is loaded, and with it its forms"
    found = [form for form in below(forms.BaseForm) if form.__module__.startswith(APPS)]
    assert len(found) > 100
    assert [form for form in found if form.bound_field_class is not CleanedField] == []
    assert [
        field for form in found for field in getattr(form, "base_fields", {}).values() if field.bound_field_class
    ] == []


def test_no_set_of_forms_reads_more_than_a_page_has():
    assert get_resolver().url_patterns, "every view is loaded, and with it its forms"
    sets = [each for each in below(forms.BaseFormSet) if hasattr(each, "absolute_max")]
    sets = [each for each in sets if each.form.__module__.startswith(APPS)]
    assert sets
    assert {each: each.absolute_max for each in sets if each.absolute_max > 100} == {}


def test_no_form_uses_the_date_picker_of_the_browser():
    """A day is typed in one way everywhere, in words or numbers."""
    code = [path for app in ("partnership", "places", "assemblies") for path in (ROOT / app).rglob("*.py")]
    pages = list((ROOT / "templates").rglob("*.html"))
    assert len(code) > 300
    assert len(pages) > 100
    picker = re.compile(r"""type["']?\s*[=:]\s*["'](date|time|datetime-local|month)["']""")
    assert [path.name for path in [*code, *pages] if picker.search(path.read_text())] == []


@pytest.mark.parametrize(("required", "said"), [(True, "Choose one"), (False, "None")])
def test_list_where_nothing_is_chosen_says_so_in_words(required, said):
    class Asking(PortalForm):
        kind = Board._meta.get_field("kind").formfield(required=required)  # with nine dashes, as every model gives it
        board = forms.ModelChoiceField(Board.objects.none(), required=required)

    page = Asking()
    assert [next(iter(page.fields[name].choices)) for name in ("kind", "board")] == [("", said)] * 2
