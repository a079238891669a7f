"""Boards, their seats, and who holds them."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.text import slugify

from partnership.boards.models import Appointment, Board, Seat
from partnership.partners.models import Partner
from partnership.ui.fields import DayField
from partnership.ui.forms import PortalForm, PortalModelForm


class BoardForm(PortalModelForm):
    """What staff write about a board, with the rule by which it publishes."""

    submit_label = "Save board"

    class Meta:
        model = Board
        fields = ["name", "kind", "purpose", "reports_to", "clear_days", "day_kind", "rule_source"]
        labels = {"clear_days": "Clear days before a meeting", "day_kind": "Which days count"}
        help_texts = {
            "purpose": "In a few sentences. Plain text; a blank line starts a paragraph.",
            "clear_days": "The agenda is published at least this many days before, not counting the day it is "
            "published or the day of the meeting",
            "rule_source": "Like Local Government Act 1972, section 100B, or the board's terms of reference",
        }
        error_messages = {"name": {"unique": "There is a board of that name already"}}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reports_to"].queryset = Board.objects.exclude(pk=self.instance.pk)
        self.fields["reports_to"].empty_label = "No other board"

    def clean_clear_days(self) -> int:
        days = self.cleaned_data["clear_days"]
        if days > 60:
            raise forms.ValidationError("Enter at most 60 days")
        return days

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not slugify(name) or slugify(name) == "new":
            raise forms.ValidationError("Enter a name with letters in it, like Borough Based Board")
        return name


class SeatForm(PortalModelForm):
    submit_label = "Add seat"

    class Meta:
        model = Seat
        fields = ["title", "is_chair", "voting", "constituency", "nominating_body"]
        labels = {
            "is_chair": "This is the chair's seat",
            "voting": "The holder may vote",
            "constituency": "Speaks for",
            "nominating_body": "Who nominates the holder",
        }
        help_texts = {"title": "Like Chair, or Voluntary sector representative"}

    def __init__(self, *args, board: Board, **kwargs) -> None:
        self.board = board
        super().__init__(*args, **kwargs)

    def clean_title(self) -> str:
        title = " ".join(self.cleaned_data["title"].split())
        if self.board.seats.filter(title__iexact=title).exists():
            raise forms.ValidationError("This board has a seat of that title already")
        return title

    def clean_is_chair(self) -> bool:
        is_chair = self.cleaned_data["is_chair"]
        if is_chair and self.board.seats.filter(is_chair=True).exists():
            raise forms.ValidationError("This board has a chair's seat already")
        return is_chair


class AppointmentForm(PortalForm):
    """Who takes a seat, and when."""

    submit_label = "Appoint"
    email = forms.EmailField(label="Email address of the person", help_text="They need an account on the portal")
    partner = forms.ModelChoiceField(
        Partner.objects.public(), label="From which partner", required=False, empty_label="None"
    )
    route = forms.ChoiceField(label="How they came to the seat", choices=Appointment.Route.choices)
    starts_on = DayField(label="From")
    ends_on = DayField(label="Until", required=False, help_text="Leave empty if no end is known")

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        user = get_user_model().objects.filter(email=email, is_active=True).first()
        if user is None:
            raise forms.ValidationError("Nobody has an account with that address: ask them to create one first")
        self.cleaned_data["holder"] = user
        return email

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The last day is before the first: enter a later one")
        return cleaned


class EndForm(PortalForm):
    submit_label = "End the appointment"
    submit_warning = True
    ends_on = DayField(label="Last day in the seat")
    reason_left = forms.CharField(label="Why they leave", max_length=200, required=False)
