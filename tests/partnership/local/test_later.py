"""What an earlier app uses of a later one without importing it."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps

from partnership.local import later

ORDER = later.layers(Path("pyproject.toml"))
NAMES = later.accessors(ORDER)
PLACES = later.Places(ORDER)
PACKAGES = ("partnership", "places", "assemblies", "recovery")
# How the portal starts and what surrounds every request: in no place of the order, as no app imports them.
STARTS = {
    "celery",
    "clock",
    "gunicorn",
    "healthz",
    "heartbeat",
    "logs",
    "nul",
    "request_id",
    "security_txt",
    "settings",
    "worker",
}
WITHOUT_LAYERS = {"partnership.demonstration", "partnership.local"}  # their modules are in no order


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("assemblies/meetings/models/meeting.py", "meeting.registrations.count()"),
        ("partnership/boards/views/seats.py", "Seat.objects.filter(posts__state='draft')"),
        ("assemblies/lists/balance.py", "rows.order_by('-invitations__name')"),
        ("places/footprint/views/places.py", "place.partners.all()"),
    ],
)
def test_reverse_accessors_of_later_apps_are_found(path, text):
    assert len(list(later.in_module(Path(path), text, ORDER, NAMES))) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("assemblies/organising/coherence.py", "meeting.registrations.count()"),
        ("partnership/partners/views/page.py", "partner.places.all()"),
        ("partnership/local/run.py", "meeting.registrations"),
    ],
)
def test_accessors_that_run_the_right_way_pass(path, text):
    assert list(later.in_module(Path(path), text, ORDER, NAMES)) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("templates/boards/board.html", "{% load meeting_lists %}"),
        ("templates/places/place.html", '{% include "partners/_of_place.html" %}'),
        ("templates/boards/seat.html", "{% url 'post_new' board.slug seat.pk %}"),
        ("templates/emails/meetings/follow_confirm/body.html", '{% include "emails/registrations/_link.html" %}'),
    ],
)
def test_templates_that_name_later_apps_are_found(path, text):
    assert len(list(later.in_template(Path(path), text, ORDER, PLACES))) == 1


def test_templates_that_name_earlier_apps_pass():
    text = "{% load portal %}{% include \"boards/_term.html\" %}{% url 'board' board.slug %}"
    assert list(later.in_template(Path("templates/elections/election.html"), text, ORDER, PLACES)) == []


def test_every_module_of_a_package_stands_in_the_order():
    """import-linter can say so of the modules inside an app (`exhaustive`), not of a contract without containers."""
    there = {
        f"{package}.{path.stem}" for package in PACKAGES for path in Path(package).glob("*") if path.stem[0] != "_"
    }
    assert there - set(ORDER) == {f"partnership.{name}" for name in STARTS}


def test_modules_inside_every_app_stand_in_layers():
    contracts = tomllib.loads(Path("pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    inside = next(contract for contract in contracts if "containers" in contract)
    ours = {app.name for app in apps.get_app_configs() if app.name.startswith(PACKAGES)}
    assert ours - WITHOUT_LAYERS == set(inside["containers"])
    assert inside["exhaustive"]
