"""The standing items of a board, all on one page."""

from collections.abc import Iterator

from crispy_forms_gds.layout import Fieldset, Layout, Size
from django import forms

from assemblies.forward_plan.actions import standing_item
from assemblies.forward_plan.actions.standing_item import Row
from assemblies.meetings.purposes import Purpose, purposes_of
from partnership.boards.models import Board
from partnership.ui.edit_conflict import SeenField
from partnership.ui.forms import PortalForm

MORE = 3  # empty rows below those that are there
WHERE = [("first", "At the start, before what is planned"), ("last", "At the end")]


class StandingItemsForm(PortalForm):
    """Rows of title, purpose and place. A row without a title is taken out; a board without items is offered the usual."""

    submit_label = "Save the standing items"
    seen = SeenField()

    def __init__(self, *args, board: Board, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = standing_item.fingerprint(board)
        stand = standing_item.rows_of(board)
        self.are_offered = not stand
        rows = stand or list(standing_item.USUAL)
        self.numbers = range(1, len(rows) + MORE + 1)
        purposes = purposes_of(board)
        for number in self.numbers:
            row = rows[number - 1] if number <= len(rows) else Row(None, "", Purpose.INFORMATION, comes_last=False)
            self._add_row(number, row, purposes)
        self.helper.layout = Layout("seen", *self._drawn())

    def _add_row(self, number: int, row: Row, purposes: list[tuple[str, str]]) -> None:
        where = "last" if row.comes_last else "first"
        narrow = forms.NumberInput(attrs={"class": "govuk-input--width-3"})
        fields: dict[str, forms.Field] = {
            "pk": forms.IntegerField(required=False, initial=row.pk, widget=forms.HiddenInput),
            "title": forms.CharField(
                label=f"Title of item {number}", max_length=200, required=False, initial=row.title
            ),
            "purpose": forms.ChoiceField(
                label=f"What item {number} is for", choices=purposes, initial=str(row.purpose)
            ),
            "where": forms.ChoiceField(label=f"Where item {number} stands", choices=WHERE, initial=where),
            "place": forms.IntegerField(
                label=f"Place of item {number} in the order", initial=number, min_value=1, max_value=999, widget=narrow
            ),
        }
        for name, field in fields.items():
            self.fields[f"{name}_{number}"] = field
            self._speak(field)

    def _drawn(self) -> Iterator[Fieldset]:
        for number in self.numbers:
            names = [f"{name}_{number}" for name in ("pk", "title", "purpose", "where", "place")]
            yield Fieldset(*names, legend=f"Standing item {number}", legend_size=Size.SMALL)

    def rows(self) -> list[Row]:
        """The rows that have a title, in the order that was asked for."""
        said = self.cleaned_data
        asked = [number for number in self.numbers if said.get(f"title_{number}")]
        asked.sort(key=lambda number: (said[f"where_{number}"] == "last", said[f"place_{number}"]))
        return [
            Row(
                said[f"pk_{number}"], said[f"title_{number}"], said[f"purpose_{number}"],
                comes_last=said[f"where_{number}"] == "last",
            )
            for number in asked
        ]  # fmt: skip
