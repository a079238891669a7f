"""A state is written by `move`, `move_all` and `enter` alone, from where it may follow, and every state can be reached."""

import ast
import threading
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import TextChoices
from django.utils import timezone

from assemblies.lists.models import InvitationList
from assemblies.meetings.models import Meeting
from partnership import states
from partnership.refusals import Refusal
from partnership.states import Owner
from tests import factories as make

APPS = [app for app in apps.get_app_configs() if app.name.split(".")[0] in {"partnership", "places", "assemblies"}]
MODELS = [model for app in APPS for model in app.get_models() if hasattr(model, "State")]
S = Meeting.State
# Moved to without being named in a call: by two statements of `outbox/actions/deliver.py`, and as staff answer a form.
NOT_NAMED = {
    "Message": {"sending", "sent"},
    "Application": {"shortlisted", "not_shortlisted"},
    "Pledge": {"under_way", "kept", "given_up"},  # as its owner says
    "Ask": {"accepted", "answered", "completed", "declined"},  # as the partner says
}


def about(model, what):
    return getattr(import_module(f"{apps.get_containing_app_config(model.__module__).name}.states"), what)[model]


# --- move ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_move_writes_the_state_and_the_fields_and_nothing_else():
    meeting = make.MeetingFactory(state=S.PUBLISHED)
    meeting.title = "Not to be written"
    states.move(meeting, S.CANCELLED, cancelled_reason="Snow")
    assert (meeting.state, meeting.cancelled_reason) == (S.CANCELLED, "Snow")
    row = Meeting.objects.get()
    assert (row.state, row.cancelled_reason) == (S.CANCELLED, "Snow")
    assert row.title != "Not to be written"


@pytest.mark.django_db
def test_move_refuses_a_step_that_is_not_allowed():
    meeting = make.MeetingFactory(state=S.DRAFT)
    with pytest.raises(Refusal, match="already draft, so it cannot become held"):
        states.move(meeting, S.HELD)
    assert (meeting.state, Meeting.objects.get().state) == (S.DRAFT, S.DRAFT)


@pytest.mark.django_db
def test_move_refuses_where_the_row_is_no_longer_in_the_state_it_says():
    meeting = make.MeetingFactory(state=S.PUBLISHED)
    Meeting.objects.update(state=S.HELD)
    with pytest.raises(Refusal, match="changed this a moment ago"):
        states.move(meeting, S.CANCELLED, cancelled_reason="Snow")
    assert meeting.state == S.PUBLISHED
    assert (Meeting.objects.get().state, Meeting.objects.get().cancelled_reason) == (S.HELD, "")


@pytest.mark.django_db(transaction=True)
def test_of_two_connections_that_move_one_thing_only_one_does():
    meeting = make.MeetingFactory(state=S.PUBLISHED)
    said = []

    def cancel():
        try:
            states.move(Meeting(pk=meeting.pk, state=S.PUBLISHED), S.CANCELLED, cancelled_reason="Snow")
        except Refusal as refused:
            said.append(refused.message)
        finally:
            connection.close()

    with transaction.atomic():
        states.move(meeting, S.HELD)
        other = threading.Thread(target=cancel)
        other.start()  # its UPDATE waits for this transaction, then finds the row moved
    other.join(20)
    assert len(said) == 1
    assert Meeting.objects.get().state == S.HELD


@pytest.mark.django_db
def test_move_all_moves_only_those_that_may_and_says_how_many():
    open_ones = make.InvitationListFactory.create_batch(2, state=InvitationList.State.OPEN)
    signed = make.InvitationListFactory(state=InvitationList.State.SIGNED_OFF)
    rows = InvitationList.objects.filter(pk__in=[each.pk for each in (*open_ones, signed)])
    moved = states.move_all(rows, InvitationList.State.SIGNED_OFF, due_on="2026-01-02", signed_off_at=timezone.now())
    assert moved == 2
    assert InvitationList.objects.filter(due_on="2026-01-02").count() == 2
    signed.refresh_from_db()
    assert str(signed.due_on) != "2026-01-02"


def test_new_row_starts_only_where_it_may():
    meeting = Meeting()
    states.enter(meeting, S.DRAFT)
    assert meeting.state == S.DRAFT
    with pytest.raises(ValueError, match="new Meeting does not start as held"):
        states.enter(meeting, S.HELD)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_state_a_model_gives_a_new_row_is_one_it_may_start_in(model):
    field = model._meta.get_field("state")
    assert not field.has_default() or field.get_default() in about(model, "STARTS")


# --- what states.py says ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_state_can_be_reached_and_has_an_owner(model):
    following, starts, owners = (about(model, what) for what in ("TRANSITIONS", "STARTS", "OWNERS"))
    assert set(following) == set(owners) == set(model.State)
    reached, todo = set(), list(starts)
    while todo:
        state = todo.pop()
        reached.add(state)
        todo += following[state] - reached
    assert reached == set(model.State)
    assert {state for state in owners if owners[state] == Owner.NOBODY} == {
        state for state in following if not following[state]
    }


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_state_but_the_first_is_moved_to_somewhere(model):
    followers = set().union(*about(model, "TRANSITIONS").values())
    moved_to = {state for state in _moved_to() if isinstance(state, model.State)}
    unused = followers - moved_to - about(model, "STARTS") - NOT_NAMED.get(model.__name__, set())
    assert not unused
    assert not moved_to - followers


def _moved_to() -> list[TextChoices]:
    """The states that are an argument of a call, in modules that call `states.move` or `states.move_all`."""
    found = []  # a list: states of two models with one name are equal
    for app in APPS:
        if app.label in {"demonstration", "local"}:  # no page moves anything there
            continue
        for path in sorted(Path(app.path).rglob("*.py")):
            text = path.read_text()
            if "states.move" not in text and "states.enter" not in text:
                continue
            module = import_module(".".join(path.relative_to(Path.cwd()).with_suffix("").parts))
            for call in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)):
                for argument in call.args:
                    value = _value(argument, vars(module))
                    if isinstance(value, TextChoices):
                        found.append(value)
    return found


def _value(node: ast.expr, names: dict):
    """What a dotted name stands for in a module; None for anything else."""
    match node:
        case ast.Name(id=name):
            return names.get(name)
        case ast.Attribute(value=inner, attr=attribute):
            return getattr(_value(inner, names), attribute, None)
    return None
