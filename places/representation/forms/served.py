"""Where boards and seats serve, asked on their own pages and on that of a place."""

from django import forms

from partnership.boards.models import Board
from partnership.ui.forms import PortalForm
from places.footprint.forms import PlaceForm
from places.footprint.models import Place


class ServedForm(PortalForm):
    """Places that a board serves or a seat speaks for."""

    submit_label = "Save places"
    places = forms.ModelMultipleChoiceField(
        Place.objects.none(), label="Places", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, offered, hint: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["places"].queryset = offered
        self.fields["places"].help_text = hint


class PlaceWithBoardsForm(PlaceForm):
    """What staff write about a place, with the boards that serve it."""

    boards = forms.ModelMultipleChoiceField(
        Board.objects.none(), label="Boards that serve it", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        serving = list(self.instance.boards.values_list("pk", flat=True)) if self.instance.pk else []
        self.fields["boards"].queryset = Board.objects.public().to_choose(*serving)
        if serving:
            self.initial["boards"] = serving
