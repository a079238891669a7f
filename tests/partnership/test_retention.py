"""Every model that holds something about a person says who sees it and until when."""

from django.apps import apps
from django.conf import settings
from django.db import models

from partnership import retention

OURS = ("partnership", "places", "assemblies", "recovery")
# Who wrote, changed, decided or sent something stands in the record of that thing, as long as the thing does.
IN_OFFICE = ("by", "_by")


def fields_about_people(model) -> set[str]:
    """Names of fields that hold an address, or say which account a row is about."""
    found = set()
    for field in model._meta.concrete_fields:
        is_account = field.is_relation and field.related_model._meta.label == settings.AUTH_USER_MODEL
        if (
            isinstance(field, models.EmailField)
            or field.name in {"to_email", "phone", "actor"}
            or (is_account and not field.name.endswith(IN_OFFICE))
        ):
            found.add(field.name)
    return found


def ours():
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in OURS]


def test_every_model_about_people_is_in_the_table_of_personal_data():
    missing = [
        f"{model._meta.label}: {sorted(left)}"
        for model in ours()
        if (left := fields_about_people(model) - set(_entry(model).fields))
    ]
    assert missing == []


def test_table_of_personal_data_names_fields_that_exist():
    for label, entry in retention.PERSONAL.items():
        names = {field.name for field in apps.get_model(label)._meta.get_fields()}
        assert set(entry.fields) <= names, label
        assert entry.seen_by, label
        assert entry.until, label


def test_an_app_that_fails_keeps_no_other_from_deleting(monkeypatch, caplog):
    done = []

    def broken(now):
        raise ValueError("no")

    monkeypatch.setitem(
        retention.DELETIONS, retention.EVERY_HOUR, [broken, lambda now: done.append(now) or {"rows": 2}]
    )
    assert retention.every_hour("now") == {"rows": 2}
    assert done == ["now"]
    assert "could not delete what is due" in caplog.text


def _entry(model) -> retention.Personal:
    return retention.PERSONAL.get(model._meta.label, retention.Personal(model._meta.label, (), "", ""))
