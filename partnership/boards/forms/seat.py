"""Seats, and those who take and leave them."""

from django import forms

from partnership.boards.forms.partner_name import PartnerNameField
from partnership.boards.forms.person import PersonField
from partnership.boards.models import Appointment, Board, Seat
from partnership.ui.edit_conflict import EditConflictMixin, RevisionField, between
from partnership.ui.fields import DayField
from partnership.ui.forms import PortalForm, PortalModelForm, formfield

BACKWARDS = "The last day is before the first: enter a later one"


class SeatForm(EditConflictMixin, PortalModelForm):
    """What staff write about a seat; the places it speaks for have a page of their own."""

    submit_label = "Save seat"
    revision = RevisionField()
    nominating_partner = PartnerNameField(
        label="Partner who nominates the holder", required=False, help_text="Its full name"
    )

    class Meta:
        model = Seat
        fields = [
            "title", "is_chair", "voting", "constituency", "sector", "groups", "nominating_partner",
            "nominating_board", "nominating_body", "starts_on", "ends_on",
        ]  # fmt: skip
        formfield_callback = formfield
        widgets = {"groups": forms.CheckboxSelectMultiple}
        labels = {
            "is_chair": "This is the chair's seat",
            "voting": "The holder may vote",
            "constituency": "Speaks for",
            "sector": "Sector it speaks for",
            "groups": "Groups of people it speaks for",
            "nominating_board": "Or the board that nominates the holder",
            "nominating_body": "Or who nominates the holder, in words",
            "starts_on": "First day of the seat",
            "ends_on": "Last day of the seat",
        }
        help_texts = {
            "title": "For example, Chair, or Voluntary sector representative",
            "constituency": "In words, like residents of the borough",
            "starts_on": "Leave empty if it is as old as the board",
            "ends_on": "Leave empty while the seat exists",
        }

    def __init__(self, *args, board: Board, **kwargs) -> None:
        self.board = board
        super().__init__(*args, **kwargs)
        self.fields["sector"].choices = [("", "No single sector"), *self.fields["sector"].choices[1:]]
        self.fields["nominating_board"].queryset = Board.objects.to_choose(self.instance.nominating_board_id)
        self.fields["nominating_board"].empty_label = "No board"
        if self.instance.pk:
            self.initial["revision"] = self.instance.revision
        else:
            del self.fields["revision"]

    def differences(self, now: Seat) -> list[tuple[str, str, str]]:
        """Each question whose answer differs from the seat as it stands `now`: label, their answer, yours."""
        return between(SeatForm(board=self.board, instance=now), self.cleaned_data)

    def _others(self):
        return self.board.seats.exclude(pk=self.instance.pk)

    def clean_title(self) -> str:
        title = self.cleaned_data["title"]
        if self._others().filter(title__iexact=title).exists():
            raise forms.ValidationError("This board already has a seat with that title")
        return title

    def clean_is_chair(self) -> bool:
        is_chair = self.cleaned_data["is_chair"]
        if is_chair and self._others().filter(is_chair=True).exists():
            raise forms.ValidationError("This board already has a chair's seat")
        return is_chair

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", BACKWARDS)
        named = [name for name in ("nominating_partner", "nominating_board", "nominating_body") if cleaned.get(name)]
        if len(named) > 1:
            self.add_error(named[1], "Name one body that nominates: a partner, a board, or one in words")
        return cleaned


class PaidForm(PortalForm):
    """What can change while somebody holds a seat."""

    submit_label = "Save"
    partner = PartnerNameField(label="From which partner", required=False, help_text="Its full name")
    deputy = PersonField(
        label="Email address of their deputy",
        required=False,
        help_text="Who attends in their place. They need an account on the portal.",
    )
    remuneration = forms.ChoiceField(
        label="What they are paid",
        choices=Appointment.Remuneration.choices,
        initial=Appointment.Remuneration.NONE,
        required=False,
    )

    def clean_remuneration(self) -> str:
        return self.cleaned_data["remuneration"] or Appointment.Remuneration.NONE


class AppointmentForm(PaidForm):
    """Who takes a seat, and when."""

    submit_label = "Appoint"
    email = PersonField(label="Email address of the person", help_text="They need an account on the portal")
    route = forms.ChoiceField(label="How they came to the seat", choices=Appointment.Route.choices)
    starts_on = DayField(label="From")
    ends_on = DayField(label="Until", required=False, help_text="Leave empty if no end is known")
    field_order = ["email", "partner", "route", "starts_on", "ends_on", "deputy", "remuneration"]

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", BACKWARDS)
        if cleaned.get("deputy") and cleaned.get("deputy") == cleaned.get("email"):
            self.add_error("deputy", "Nobody can be their own deputy: name someone else, or leave it empty")
        return cleaned


class EndForm(PortalForm):
    submit_label = "End the appointment"
    submit_warning = True
    ends_on = DayField(label="Last day in the seat")
    reason_left = forms.CharField(
        label="Why they leave", max_length=200, help_text="For example, end of term, or resigned. It shows in public."
    )
