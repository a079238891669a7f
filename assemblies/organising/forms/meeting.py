"""What a person fills in about a meeting: what is needed to begin when it is new, one section at a time afterwards."""

import copy
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from crispy_forms_gds.layout import HTML, Button, Fieldset, Layout, Size
from django import forms
from django.utils import timezone

from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.organising import coherence
from assemblies.organising.actions import meeting_place
from assemblies.organising.forms.meeting_sections import BEGINNING, PREVIEWED, SECTIONS
from assemblies.registrations.actions import exit_question
from assemblies.registrations.models import ExitQuestion
from partnership.boards.models import Board
from partnership.ui.edit_conflict import EditConflictMixin, RevisionField, between
from partnership.ui.fields import DayField, MomentField
from partnership.ui.forms import PortalForm
from places.footprint.models import Place

QUESTION_ROWS = 4
WORD_OF_A_DRAFT = " (needed before you publish)"


def number() -> forms.NumberInput:
    """A box wide enough for a number of people or hours."""
    return forms.NumberInput(attrs={"class": "govuk-input--width-5"})


LONG = forms.Textarea(attrs={"rows": 4})


class MeetingForm(EditConflictMixin, PortalForm):
    """Questions about a meeting: those of one `section`, or, where `meeting` is None, those a new one begins with."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    revision = RevisionField()
    title = forms.CharField(label="Title", max_length=200)
    slug = forms.SlugField(
        label="Address",
        max_length=coherence.LONGEST_SLUG,
        required=False,
        help_text="The last part of its web address, in small letters, numbers and hyphens. "
        "Leave it empty to make it from the title and the month.",
        error_messages={"invalid": "Use only letters, numbers and hyphens in the address, like assembly-september"},
    )
    kind = forms.ChoiceField(label="Kind of meeting", choices=Meeting.Kind.choices, widget=forms.RadioSelect)
    board = forms.ModelChoiceField(
        label="Host board",
        queryset=Board.objects.none(),
        empty_label="Choose a board",
        help_text="Its chair publishes the agenda, by the last day its rules allow.",
    )
    boards = forms.ModelMultipleChoiceField(
        label="Boards that meet in common with the host",
        queryset=Board.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Several boards in one room on one agenda, due by the earliest of their days. Each keeps its own quorum, "
        "interests, votes and decisions. Their chairs get an email.",
    )
    summary = forms.CharField(
        label="What it is about",
        required=False,
        widget=LONG,
        help_text="Two or three sentences for someone new to it.",
    )
    by_invitation = forms.BooleanField(
        label="By invitation only", required=False, help_text="Then only people invited or registered can see its page."
    )
    places = forms.ModelMultipleChoiceField(
        label="Places that take part",
        queryset=Place.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Each gets an invitation list and may introduce itself.",
    )
    starts_at = MomentField(label="Start", help_text="For example, 27 March 2027 and 9.30am.")
    ends_at = MomentField(label="End")
    format = forms.ChoiceField(label="How people attend", choices=Meeting.Format.choices, widget=forms.RadioSelect)
    venue_name = forms.CharField(label="Venue", max_length=200, required=False)
    venue_address = forms.CharField(label="Address of the venue", required=False, widget=LONG)
    venue_access = forms.CharField(
        label="Getting in and around",
        required=False,
        widget=LONG,
        help_text="Step-free entrance, lift, hearing loop, quiet space, parking, nearest stop.",
    )
    joining_link = forms.URLField(
        label="Joining link",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Only people with a place see it.",
    )
    joining_instructions = forms.CharField(label="How to join", required=False, widget=LONG)
    registration_opens_at = MomentField(
        label="Registration opens", required=False, help_text="Leave it empty to open when the meeting is published."
    )
    registration_closes_at = MomentField(
        label="Registration closes", required=False, help_text="Leave it empty to close when the meeting starts."
    )
    capacity = forms.IntegerField(
        label="Capacity",
        required=False,
        min_value=1,
        max_value=coherence.MOST_PEOPLE,
        widget=number(),
        help_text="Leave it empty if there is no limit.",
    )
    allocation_released_on = DayField(
        label="Unused seats go to everyone on", required=False, help_text="From this day no seats are kept for places."
    )
    offer_hours = forms.IntegerField(
        label="Hours to take an offered place",
        widget=number(),
        min_value=1,
        max_value=336,
        help_text="How long someone on the waiting list has to take a free place. It is shorter near the meeting.",
    )
    discussion_question = forms.CharField(label="Question for discussion", max_length=300, required=False)
    letter = forms.CharField(
        label="Letter from the chair",
        required=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="Leave an empty line between paragraphs. Markdown works: **bold**, - lists, [words](https://…).",
    )
    letter_from = forms.CharField(label="Signed by", max_length=200, required=False)

    def __init__(self, *args, user, meeting: Meeting | None = None, section: str = "", **kwargs) -> None:
        self.meeting, self.section = meeting, section
        self.asked = SECTIONS[section][1] if section else BEGINNING
        self.submit_label = "Save" if meeting else "Create the meeting"
        self.user = user
        super().__init__(*args, **kwargs)
        self._offer_places(user)
        self._add_seats()
        self._add_questions()
        self._drop("revision" if meeting is None else "uid")
        for name in [name for name in self.base_fields if name not in [*self.asked, "revision", "uid"]]:
            self._drop(name)
        self._mark_what_is_needed()
        self._fill()
        if section == PREVIEWED:
            self.helper.add_input(Button.secondary("preview", "Preview"))
        self.helper.layout = Layout(*self._drawn(), "revision" if meeting else "uid")

    def _drop(self, name: str) -> None:
        self.fields.pop(name, None)

    def _mark_what_is_needed(self) -> None:
        """In a draft, what may stay empty for now, and not when the meeting is published (see `readiness`)."""
        if self.meeting is None or self.meeting.state != Meeting.State.DRAFT:
            return
        needed = {"summary"}
        if self.meeting.has_room:
            needed |= {"venue_name", "venue_address", "venue_access"}
        if self.meeting.has_link:
            needed.add("joining_link")
        if self.meeting.kind == Meeting.Kind.ASSEMBLY:
            needed |= {"places", "discussion_question"}
        for name in needed & set(self.fields):
            self.fields[name].label = self.fields[name].label.removesuffix(" (optional)") + WORD_OF_A_DRAFT

    def _offer_places(self, user) -> None:
        taking_part = self.meeting.meeting_places.values("place") if self.meeting else []
        offered = Place.objects.visible_to(user)
        self.fields["places"].queryset = offered.current() | offered.filter(pk__in=taking_part)
        boards = Board.objects.visible_to(user)
        hosting = [self.meeting.board_id] if self.meeting else []
        self.fields["board"].queryset = boards.not_ended(timezone.localdate()) | boards.filter(pk__in=hosting)
        meeting_now = [each.pk for each in boards_of(self.meeting)] if self.meeting else []
        self.fields["boards"].queryset = boards.to_choose(*meeting_now).exclude(pk__in=hosting)

    def _add_seats(self) -> None:
        self.seat_places: dict[str, Place] = {}
        if "seats" not in self.asked:
            return
        assert self.meeting is not None, "sections are asked of a meeting that exists"
        for place in meeting_place.seats_of(self.meeting):
            name = f"seats_{place.pk}"
            self.seat_places[name] = place
            self._add(
                name,
                forms.IntegerField(
                    label=place.name, required=False, min_value=0, max_value=coherence.MOST_PEOPLE, widget=number()
                ),
            )

    def _add_questions(self) -> None:
        if "questions" not in self.asked:
            return
        assert self.meeting is not None, "as above"
        rows = exit_question.rows_of(self.meeting)
        self.question_rows = max(QUESTION_ROWS, len(rows) + 1)
        for number in range(1, self.question_rows + 1):
            row = rows[number - 1] if number <= len(rows) else exit_question.Row(None, ExitQuestion.Kind.WILL_DO, "")
            name = f"question_{number}"
            text = forms.CharField(label=f"Exit question {number}", max_length=200, required=False, initial=row.text)
            kind = forms.ChoiceField(
                label=f"Question {number} asks people", choices=ExitQuestion.Kind.choices, initial=row.kind
            )
            self._add(f"{name}_id", forms.IntegerField(required=False, initial=row.pk, widget=forms.HiddenInput))
            self._add(name, text)
            self._add(f"{name}_kind", kind)

    def _add(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field
        self._speak(field)

    def _fill(self) -> None:
        """Answers as they stand, where the meeting exists."""
        if not self.meeting:
            self.initial.setdefault("uid", uuid4())
            return
        for name in self.fields:
            if name == "places":
                self.initial[name] = list(self.meeting.meeting_places.values_list("place", flat=True))
            elif name == "boards":
                self.initial[name] = [each.pk for each in boards_of(self.meeting)[1:]]
            elif hasattr(self.meeting, name):
                self.initial[name] = getattr(self.meeting, name)
        self.initial["board"] = self.meeting.board_id
        for row in self.meeting.meeting_places.all():
            self.initial[f"seats_{row.place_id}"] = row.seats
        if self.meeting.state != Meeting.State.DRAFT:
            for name in {"slug", "starts_at", "ends_at"} & set(self.fields):
                self._drop(name)

    def _drawn(self) -> Iterator[Any]:
        for name in self.asked:
            if name == "seats" and self.seat_places:
                hint = HTML(
                    '<p class="govuk-hint">Leave a box empty to keep none. Anyone may take the seats not kept.</p>'
                )
                yield Fieldset(hint, *self.seat_places, legend="Seats kept for each place", legend_size=Size.SMALL)
            elif name == "seats":
                yield HTML(
                    '<p class="govuk-hint">To keep seats for places, choose the places that take part first.</p>'
                )
            elif name == "questions":
                yield from self._question_fields()
            elif name in self.fields:
                yield name

    def _question_fields(self) -> Iterator[str]:
        for number in range(1, self.question_rows + 1):
            yield from (f"question_{number}_id", f"question_{number}", f"question_{number}_kind")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        would_be = copy.copy(self.meeting) if self.meeting else Meeting()
        for name in self.asked:
            if name in self.fields and name not in ("places", "boards"):
                value = cleaned.get(name)
                setattr(would_be, name, None if name == "board" and value is None else value)
        seats = self._seats(cleaned)
        for problem in coherence.problems(would_be, seats, self.meeting, cleaned.get("boards")):
            field = next((name for name in problem.fields if name in self.fields), None)
            if field and field not in self.errors:
                self.add_error(field, problem.message)
        return cleaned

    def _seats(self, cleaned: dict[str, Any]) -> dict[Place, int | None]:
        if self.seat_places:
            return {place: cleaned.get(name) for name, place in self.seat_places.items()}
        kept = meeting_place.seats_of(self.meeting) if self.meeting else {}
        return {place: kept.get(place) for place in cleaned["places"]} if "places" in cleaned else kept

    def facts(self) -> dict[str, Any]:
        """What was answered, as the actions take it."""
        facts = {name: self.cleaned_data[name] for name in self.asked if name in self.fields}
        if "slug" in facts and self.meeting and not facts["slug"]:
            facts["slug"] = self.meeting.slug
        for name in {"places", "boards"} & set(facts):
            facts[name] = list(facts[name])
        if self.seat_places:
            facts["seats"] = self._seats(self.cleaned_data)
        if "questions" in self.asked:
            facts["questions"] = self._questions()
        return facts

    def _questions(self) -> list[exit_question.Row]:
        rows = []
        for number in range(1, self.question_rows + 1):
            text = self.cleaned_data.get(f"question_{number}")
            if text:
                pk, kind = self.cleaned_data[f"question_{number}_id"], self.cleaned_data[f"question_{number}_kind"]
                rows.append(exit_question.Row(pk, kind, text))
        return rows

    def differences(self, now: Meeting) -> list[tuple[str, str, str]]:
        """Each question whose answer differs from the meeting as it stands `now`: label, their answer, yours."""
        return between(MeetingForm(user=self.user, meeting=now, section=self.section), self.cleaned_data)
