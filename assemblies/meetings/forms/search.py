from django import forms
from django.utils import timezone

from assemblies.meetings.models import Meeting
from partnership.boards.models import Board
from partnership.ui.forms import SearchForm
from places.footprint.models import Place


class MeetingSearchForm(SearchForm):
    """Narrows the list of meetings down. A question, not a change: it goes in the address, and nothing is required."""

    submit_label = "Show"

    place = forms.ModelChoiceField(Place.objects.none(), to_field_name="slug", required=False, empty_label="All places")
    board = forms.ModelChoiceField(Board.objects.none(), to_field_name="slug", required=False, empty_label="All boards")
    kind = forms.ChoiceField(
        choices=[("", "All kinds"), *Meeting.Kind.choices], required=False, label="Kind of meeting"
    )
    when = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        """Past meetings may be those of boards and places that ended; others only where one is asked for by its address."""
        super().__init__(*args, **kwargs)
        boards, places = Board.objects.public(), Place.objects.public().order_by("name")
        if self.data.get("when") != "past":
            today, asked = timezone.localdate(), {name: str(self.data.get(name) or "") for name in ("board", "place")}
            boards = boards.not_ended(today) | boards.filter(slug=asked["board"])
            places = places.current(today) | places.filter(slug=asked["place"])
        self.fields["board"].queryset, self.fields["place"].queryset = boards, places

    def narrow(self, meetings):
        """Returns the meetings that fit every answer given; an answer that makes no sense is shown beside its box."""
        if not self.is_valid():
            return meetings.none()
        chosen = self.cleaned_data
        if chosen["place"]:
            meetings = meetings.at_place(chosen["place"])
        if chosen["board"]:
            meetings = meetings.of_boards([chosen["board"]])
        if chosen["kind"]:
            meetings = meetings.filter(kind=chosen["kind"])
        return meetings
