"""What to show of the representation map. It lives in the address, so that a view of it can be sent to somebody."""

from datetime import date
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict

from partnership import dates
from partnership.boards.models import Appointment, Seat
from partnership.partners.models import PeopleGroup
from partnership.partners.models.partner import Sector
from partnership.ui.fields import DayField
from partnership.ui.forms import SearchForm
from places.footprint.models import Place

VACANT, NONE = "vacant", "none"
STATUSES = [("", "All seats"), (VACANT, "Seats with nobody in them"), (NONE, "Boards without a seat")]
VIEWS = {"sector": "By sector", "place": "By place", "group": "By group of people"}
ASKED_OF = {
    "sector": ["on"],
    "place": ["on", "system", "sector"],
    "group": ["on", "sector"],
    "list": ["on", "sector", "group", "status"],
}


def systems() -> list[tuple[str, str]]:
    """The wider areas whose places can be looked at."""
    names = Place.objects.public().order_by("system").values_list("system", flat=True).distinct()
    return [(name, name) for name in names]


class MapForm(SearchForm):
    """The questions of one view. A value that makes no sense counts as not asked: a map has nothing to lose."""

    submit_label = "Show"
    on = DayField(label="Day", required=False)
    system = forms.ChoiceField(label="Area", required=False)
    sector = forms.ChoiceField(label="Sector", required=False, choices=[("", "Every sector"), *Sector.choices])
    group = forms.ModelChoiceField(
        PeopleGroup.objects.all(),
        label="Group of people",
        required=False,
        to_field_name="slug",
        empty_label="Any group",
    )
    status = forms.ChoiceField(label="Show", required=False, choices=STATUSES)
    by = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, asked: QueryDict, view: str) -> None:
        super().__init__({name: asked.get(name, "") for name in self.base_fields} | {"by": view})
        self.fields["system"].choices = systems()
        self.is_valid()
        if self.day:
            self.data = self.data | {"on": dates.short_day(self.day)}
        for name in set(self.fields) - {*ASKED_OF[view], "by"}:
            del self.fields[name]

    def asked(self, name: str):
        """The answer to one question; empty where it was not asked, or made no sense."""
        return self.cleaned_data.get(name) or ""

    @property
    def day(self) -> date | None:
        return self.cleaned_data.get("on")

    @property
    def area(self) -> str:
        """The area asked for, else the first there is."""
        return self.asked("system") or next((name for name, _ in systems()), "")

    def address(self, **other: str) -> str:
        """The query string of the same questions, some of them answered otherwise."""
        now = {name: self.asked(name) for name in ("on", "system", "sector")}
        asked = {name: value for name, value in (now | other).items() if value}
        return f"?{urlencode(asked)}" if asked else "?"

    def chosen(self, seats: QuerySet[Seat], day: date) -> QuerySet[Seat]:
        """The seats the list asks for."""
        if self.asked("sector"):
            seats = seats.filter(sector=self.asked("sector"))
        if self.asked("group"):
            seats = seats.filter(groups=self.asked("group"))
        if self.asked("status") == VACANT:
            seats = seats.filter(~Exists(Appointment.objects.current(day).filter(seat=OuterRef("pk"))))
        return seats
