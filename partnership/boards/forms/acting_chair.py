"""Who acts for a chair who is away."""

from django import forms

from partnership.accounts.models import User
from partnership.boards.models import Board
from partnership.ui.fields import DayField
from partnership.ui.forms import PortalForm


class ActingChairForm(PortalForm):
    submit_label = "Name them"
    person = forms.ModelChoiceField(
        label="Who acts for the chair",
        queryset=User.objects.none(),
        empty_label="Choose somebody",
        help_text="Somebody who holds a voting seat on the board",
        error_messages={"required": "Choose who acts for the chair"},
    )
    starts_on = DayField(label="From")
    ends_on = DayField(label="Until", help_text="The last day on which they act")

    def __init__(self, *args, board: Board, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        seats = board.appointments.filter(seat__voting=True, seat__is_chair=False)
        people = User.objects.filter(pk__in=seats.values("holder"), is_active=True)
        self.fields["person"].queryset = people.order_by("name")
