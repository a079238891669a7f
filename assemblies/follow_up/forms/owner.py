"""Who takes an action on: somebody who sits on the board, or anybody else with an account."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from partnership.accounts.models import User
from partnership.boards.forms.person import PersonField
from partnership.boards.models import Appointment, Board
from partnership.ui.forms import PortalForm

NOBODY = "Choose who takes it on"


class OwnerForm(PortalForm):
    """Asks who takes it on, as `to`. Those who keep the log may name somebody who does not sit on the board, by address."""

    to = forms.ModelChoiceField(
        label="Who takes it on", queryset=User.objects.none(), required=False, empty_label="Choose somebody"
    )
    other = PersonField(
        label="Or the email address of somebody else", required=False, help_text="They need an account on the portal."
    )

    def __init__(self, *args, board: Board, keeps_log: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = sits_on(board)
        if keeps_log:
            self.fields["to"].label = "Who takes it on: a member of the board"
        else:
            self.fields["to"].label = "Who takes it on"
            del self.fields["other"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen, other = cleaned.get("to"), cleaned.pop("other", None)
        if chosen and other and chosen != other:
            self.add_error("other", "Choose a member or enter an address, not both")
        elif not chosen and not other and not {"to", "other"} & set(self.errors):
            self.add_error("to", NOBODY)
        cleaned["to"] = chosen or other
        return cleaned


def sits_on(board: Board):
    """Those who hold a seat of the board today, and those who deputise there, by name."""
    terms = Appointment.objects.current(timezone.localdate()).filter(seat__board=board)
    people = Q(pk__in=terms.values("holder")) | Q(pk__in=terms.filter(deputy__isnull=False).values("deputy"))
    return User.objects.filter(people, is_active=True).order_by("name", "email")
