"""Each of our own rules is broken here once, and found."""

import re
from pathlib import Path

import pytest
import rules

from partnership.local import house
from partnership.local.check import departures
from partnership.local.templates import broken

ASKED = re.compile(r"(?:needs_permission|refuse_without|has_perm|managed)\([^\"()]*\"(\w+\.\w+)\"")
PRODUCT = "\n".join(
    path.read_text() for app in ("partnership", "places", "assemblies") for path in Path(app).rglob("*.py")
)


@pytest.mark.parametrize(
    ("path", "text", "says"),
    [
        ("partnership/home/views.py", "from partnership.local import people", "not there in production"),
        ("assemblies/emails.py", "def send():\n    import icalendar", "does not say why"),
    ],
)
def test_imports_finds(path, text, says):
    found = list(house.imports(Path(path), text))
    assert len(found) >= 1
    assert says in found[0]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("assemblies/emails.py", "def send():\n    import icalendar  # heavy: only where a calendar is made"),
        ("partnership/urls.py", "from partnership.local import urls"),
    ],
)
def test_imports_lets_pass(path, text):
    assert list(house.imports(Path(path), text)) == []


@pytest.mark.parametrize("reach", ["all()", "filter(pk=1)", "get(pk=1)", "create()", "chaired_by(user)"])
def test_views_finds_rows_reached_past_who_may_see_them(reach):
    assert len(list(house.views(Path("assemblies/views/meeting.py"), f"Meeting.objects.{reach}"))) == 1


@pytest.mark.parametrize("reach", ["visible_to(user).all()", "public().filter(pk=1)", "editable_by(user)", "none()"])
def test_views_lets_named_rows_pass(reach):
    assert list(house.views(Path("assemblies/views/meeting.py"), f"Meeting.objects.{reach}")) == []


@pytest.mark.parametrize(
    "line",
    [
        "meeting.state = Meeting.State.HELD",
        "meeting.state, meeting.held_at = Meeting.State.HELD, now",
        "setattr(meeting, 'state', 'held')",
        "Meeting.objects.filter(pk=1).update(state=Meeting.State.HELD)",
        "Meeting.objects.update(**{'state': 'held'})",
        "Meeting.objects.bulk_update(meetings, ['title', 'state'])",
        "Meeting.objects.update_or_create(pk=1, defaults={'state': 'held'})",
        "meeting.save(update_fields=['state'])",
        "SQL = 'UPDATE meetings_meeting SET revision = 2, state = %s WHERE id = %s'",
        "Meeting.objects.create(state=Meeting.State.HELD)",
        "Meeting.objects.create(**{'state': 'held'})",
        "Meeting.objects.get_or_create(pk=1, defaults={'state': 'held'})",
        "meeting.agenda_versions.create(number=1, state='published')",
        "Meeting(title='Assembly', state=Meeting.State.HELD)",
        "Meeting.objects.bulk_create(models.Meeting(state='held') for _ in range(2))",
    ],
)
def test_state_writes_finds(line):
    found = list(house.state_writes(Path("assemblies/organising/actions/meeting.py"), line))
    assert found == ["assemblies/organising/actions/meeting.py:1 writes a state; use states.move, move_all or enter"]
    assert list(house.state_writes(Path("tests/assemblies/organising/test_meeting.py"), line)) == []


@pytest.mark.parametrize(
    "line",
    [
        "states.move(meeting, Meeting.State.HELD, revision=2)",
        "Meeting.objects.filter(state='held').update(revision=2)",
        "Meeting.objects.create(title='A state of its own')",
        "Meeting.objects.filter(Q(state='held') | models.Q(state='closed'))",
        "Case(When(state='held', then=1))",
        "partners.add(by=staff, state=Partner.State.LISTED)",
        "is_held = meeting.state == 'held'",
        "SQL = 'UPDATE meetings_meeting SET revision = 2 WHERE state = %s'",
    ],
)
def test_state_writes_lets_pass(line):
    assert list(house.state_writes(Path("assemblies/organising/actions/meeting.py"), line)) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("assemblies/organising/views/overview.py", "if request.user.is_staff:"),
        ("places/footprint/models/place.py", "User.objects.filter(is_staff=True)"),
        ("templates/places/place.html", "{% if user.is_staff %}"),
    ],
)
def test_roles_finds_who_is_staff_read_from_its_column(path, text):
    assert len(list(house.roles(Path(path), text))) == 1
    assert list(house.roles(Path("partnership/accounts/rules.py"), text)) == []


@pytest.mark.parametrize(
    "text", ["{% if is_partnership_staff %}", "is_partnership_staff(user)", '@needs_permission("boards.edit_board")']
)
def test_roles_lets_predicates_and_permissions_pass(text):
    assert list(house.roles(Path("places/footprint/views/places.py"), text)) == []


@pytest.mark.parametrize("name", sorted(set(ASKED.findall(PRODUCT))))
def test_permission_that_is_asked_for_exists(name):
    assert rules.perm_exists(name)


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "<script>alert(1)</script>",
        '<button onclick="go()">',
        '<a href="javascript:go()">',
        "{{ text|safe }}",
        "{% autoescape off %}",
    ],
)
def test_template_finds(text):
    assert len(list(house.template(Path("templates/places/place.html"), text))) == 1


def test_template_lets_a_mail_carry_its_styles():
    assert (
        list(house.template(Path("templates/emails/invitations/invitation/body.html"), '<p style="color: red">')) == []
    )


def test_portal_keeps_the_rules_of_its_house():
    assert list(departures()) == []


def test_broken_names_a_template_that_does_not_compile(tmp_path, settings):
    page = tmp_path / "page.html"
    page.write_text("{% if %}")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    assert "page.html" in broken(tmp_path)[0]
