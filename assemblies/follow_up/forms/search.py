"""Which actions a list shows."""

from django import forms
from django.utils import timezone

from assemblies.follow_up.models import boards_with_log
from assemblies.follow_up.models.follow_up import FollowUpQuerySet
from partnership.boards.models import Board
from partnership.ui.forms import SearchForm

STATUSES = [("", "All"), ("open", "Open"), ("late", "Late"), ("done", "Done"), ("dropped", "Dropped")]
MINE, OF_BOARDS, ALL = "mine", "boards", "all"


class StatusForm(SearchForm):
    """How far the actions are."""

    submit_label = "Show"
    status = forms.ChoiceField(label="How far they are", choices=STATUSES, required=False)

    def narrow(self, rows: FollowUpQuerySet) -> FollowUpQuerySet:
        """Those of the rows that are asked for; all of them where the question makes no sense."""
        self.is_valid()
        status = self.cleaned_data.get("status", "") if self.is_bound else ""
        if status == "late":
            return rows.late(timezone.localdate())
        return rows.filter(state=status) if status else rows


class FollowUpSearchForm(StatusForm):
    """The same for somebody's own list, or, for chairs and staff, the lists of boards."""

    whose = forms.ChoiceField(label="Whose actions", required=False)
    board = forms.ModelChoiceField(
        label="Board", queryset=Board.objects.none(), to_field_name="slug", required=False, empty_label="Every board"
    )
    field_order = ("whose", "board", "status")

    def __init__(self, *args, chaired: list[Board], sees_all: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        whose = [
            (MINE, "Yours"),
            *([(OF_BOARDS, "Of boards you chair")] * bool(chaired)),
            *([(ALL, "Everybody’s")] * sees_all),
        ]
        if len(whose) == 1:
            del self.fields["whose"], self.fields["board"]
            return
        self.fields["whose"].choices = whose
        boards = boards_with_log()
        self.fields["board"].queryset = boards if sees_all else boards.filter(pk__in=[each.pk for each in chaired])

    def asked_for(self) -> str:
        """Whose actions are asked for: one's own unless the question says otherwise."""
        self.is_valid()
        return (self.cleaned_data.get("whose") if self.is_bound else "") or MINE

    def narrow(self, rows: FollowUpQuerySet) -> FollowUpQuerySet:
        found = super().narrow(rows)
        board = self.cleaned_data.get("board") if self.is_bound else None
        return found.filter(board=board) if board else found
