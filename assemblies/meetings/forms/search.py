from django import forms

from assemblies.meetings.models import Meeting
from partnership.boards.models import Board
from partnership.ui.forms import SearchForm
from places.footprint.models import Place


class MeetingSearchForm(SearchForm):
    """Narrows the list of meetings down. A question, not a change: it goes in the address, and nothing is required."""

    submit_label = "Show"

    place = forms.ModelChoiceField(
        Place.objects.public().order_by("name"), to_field_name="slug", required=False, empty_label="All places"
    )
    board = forms.ModelChoiceField(
        Board.objects.public(), to_field_name="slug", required=False, empty_label="All boards"
    )
    kind = forms.ChoiceField(
        choices=[("", "All kinds"), *Meeting.Kind.choices], required=False, label="Kind of meeting"
    )
    when = forms.CharField(required=False, widget=forms.HiddenInput)

    def narrow(self, meetings):
        """Returns the meetings that fit every answer given; an answer that makes no sense is shown beside its box."""
        if not self.is_valid():
            return meetings.none()
        chosen = self.cleaned_data
        if chosen["place"]:
            meetings = meetings.at_place(chosen["place"])
        if chosen["board"]:
            meetings = meetings.filter(board=chosen["board"])
        if chosen["kind"]:
            meetings = meetings.filter(kind=chosen["kind"])
        return meetings
