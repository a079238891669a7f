"""What two people answered, side by side, in words a person can read."""

from datetime import date, time
from importlib import import_module

import pytest
from django import forms
from django.conf import settings

from partnership.partners.models import Partner, PeopleGroup
from partnership.ui.edit_conflict import RevisionField, SeenField, between, spoken


class Asked(forms.Form):
    name = forms.CharField(label="Name (optional)")
    summary = forms.CharField(label="What it does")
    revision = forms.IntegerField(widget=forms.HiddenInput)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (forms.BooleanField(), True, "yes"),
        (forms.BooleanField(), False, "no"),
        (forms.CharField(), "", "empty"),
        (forms.CharField(), None, "empty"),
        (forms.DateField(), date(2026, 9, 1), "1 September 2026"),
        (forms.TimeField(), time(9, 30), "9.30am"),
        (forms.ChoiceField(choices=Partner.Kind.choices), "council", "Council"),
        (forms.ChoiceField(choices=[("", "---------"), ("a", "A")]), "", "empty"),
        (forms.MultipleChoiceField(choices=[("nhs", "NHS"), ("council", "Councils")]), ["council"], "Councils"),
        (forms.MultipleChoiceField(choices=[("nhs", "NHS")]), [], "none"),
    ],
)
def test_answer_is_said_in_words(field, value, words):
    assert spoken(field, value) == words


@pytest.mark.django_db
def test_rows_are_said_by_name():
    group = PeopleGroup.objects.get(slug="carers")
    one, many = forms.ModelChoiceField(PeopleGroup.objects), forms.ModelMultipleChoiceField(PeopleGroup.objects)
    assert (spoken(one, group), spoken(one, group.pk), spoken(one, None)) == ("Carers", "Carers", "none")
    assert (spoken(many, [group]), spoken(many, [])) == ("Carers", "none")


def test_only_what_differs_is_shown_and_never_what_is_hidden():
    stands = Asked(initial={"name": "Old", "summary": "One\nTwo", "revision": 2})
    assert between(stands, {"name": "New", "summary": "One\r\nTwo", "revision": 1}) == [("Name", "Old", "New")]


def forms_below(kind: type) -> set[type]:
    below = set(kind.__subclasses__())
    return below | {each for one in below for each in forms_below(one)}


def test_form_sent_without_its_state_is_judged_by_the_action():
    """An empty number or fingerprint fits nothing that somebody changed; a missing one is neither another error nor none."""
    import_module(settings.ROOT_URLCONF)
    elsewhere = ("tests.", "assemblies.voice.")  # voice says it when it cleans
    asked = {
        f"{form.__module__}.{form.__name__}.{name}": field
        for form in forms_below(forms.BaseForm)
        for name, field in getattr(form, "base_fields", {}).items()
        if name in ("revision", "seen") and not form.__module__.startswith(elsewhere)
    }
    assert len(asked) > 15
    assert [name for name, field in asked.items() if not isinstance(field, RevisionField | SeenField)] == []
    assert {field.clean("") for field in asked.values()} == {0, ""}
