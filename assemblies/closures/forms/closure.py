"""Who may read something: everybody, or, on a ground of each board that takes it, those who may know of it."""

from collections.abc import Collection
from typing import Any

from crispy_forms_gds.layout import Div, Fieldset, Layout, Size
from django import forms

from assemblies.closures.actions.closure import Said, SaidOfBoard, fingerprint
from assemblies.closures.models import Closure
from partnership.boards.grounds import FINANCIAL, of_regime
from partnership.boards.models import Board
from partnership.boards.regimes import Regime
from partnership.ui.edit_conflict import SeenField
from partnership.ui.fields import DayField
from partnership.ui.forms import PortalForm
from partnership.ui.revealing import Revealing

OPEN, CLOSED = "open", "closed"
REASON = {
    Regime.COUNCIL: "Only if more needs to be said than the law does. The public reads it.",
    Regime.NHS: "The resolution states it (Public Bodies (Admission to Meetings) Act 1960, section 1(2)). The public reads it.",
}
ANY_BOARD = "Why it cannot be taken in public. The public reads this."
REMINDED = "We remind the chair and staff, if you enter one."
REVIEW = (
    "Exempt information needs such a day: it is exempt only as long as that is right. We remind the chair and staff."
)
YES_OR_NO = [("no", "No"), ("yes", "Yes")]


class GroundField(forms.ChoiceField):
    """Offers the board's own grounds; of any other that is sent `grounds.what_is_wrong` says why the board cannot give it."""

    def valid_value(self, value: object) -> bool:
        return True


class ClosureForm(PortalForm):
    """Asks whether it is open or closed; offers each board its own grounds, and asks what the law asks of each."""

    submit_label = "Save"
    mark_optional = False
    seen = SeenField()
    who = forms.ChoiceField(
        label="Who may read it?",
        choices=[
            (OPEN, "Everybody, once it is published"),
            (CLOSED, "Only the board, staff, and those who work on it: it is closed to the public"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select who may read it"},
    )
    public_title = forms.CharField(label="Title that can be public", max_length=200, required=False)

    def __init__(self, *args, boards: Collection[Board], title: str, closure: Closure | None = None, **kwargs) -> None:
        kwargs["initial"] = {"seen": fingerprint(closure)} | _stands(closure)
        super().__init__(*args, **kwargs)
        self.boards = boards
        own = f"its own title, “{title}”, can be public"
        self.fields["public_title"].help_text = f"The public sees that it is there, and this. Leave it empty if {own}."
        parts = [Fieldset(*self._ask(board), legend=self._legend(board), legend_size=Size.MEDIUM) for board in boards]
        council = any(board.regime == Regime.COUNCIL for board in boards)
        self.fields["review_on"] = DayField(
            label="Day it is looked at again", required=False, help_text=REVIEW if council else REMINDED
        )
        self._speak(self.fields["review_on"])
        closed = Div("public_title", *parts, "review_on")
        self.helper.layout = Layout("seen", Revealing("who", legend="m", closed=closed))

    def _legend(self, board: Board) -> str:
        return f"The ground of the {board}" if len(self.boards) > 1 else "The ground"

    def _ask(self, board: Board) -> list[str]:
        """Adds the questions for one board; returns their names."""
        regime, box = Regime(board.regime), {"rows": 3}
        fields: dict[str, forms.Field] = {
            "ground": GroundField(
                label="Why it is closed",
                choices=[(each.key, each.label) for each in of_regime(regime)],
                widget=forms.RadioSelect,
                required=False,
                help_text=f"The grounds that the board has. Source: {board.regime_source}.",
            ),
            "reason": forms.CharField(
                label="Reason, in words that can be public", required=False, max_length=1000,
                widget=forms.Textarea(attrs=box), help_text=REASON.get(regime, ANY_BOARD),
            ),
        }  # fmt: skip
        if regime == Regime.COUNCIL:
            fields |= {
                "must_be_registered": forms.ChoiceField(
                    label="For paragraph 3: must any of it be publicly registered?",
                    choices=YES_OR_NO, widget=forms.RadioSelect, required=False,
                    help_text="As companies, charities, co-operatives and building societies must register their accounts.",
                ),
                "interest_for": forms.CharField(
                    label="If exempt: the public interest in keeping it closed", required=False, max_length=4000,
                    widget=forms.Textarea(attrs=box), help_text="Staff and the board read it.",
                ),
                "interest_against": forms.CharField(
                    label="If exempt: the public interest in making it public", required=False, max_length=4000,
                    widget=forms.Textarea(attrs=box),
                ),
            }  # fmt: skip
        for name, field in fields.items():
            self.fields[f"{name}_{board.pk}"] = field
            self._speak(field)
        return [f"{name}_{board.pk}" for name in fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("who") == CLOSED:
            for board, name, words in self._said(cleaned).what_is_wrong(self.boards):
                field = name if name == "review_on" else f"{name}_{board.pk}"
                if field not in self.errors:
                    self.add_error(field if field in self.fields else f"ground_{board.pk}", words)
        return cleaned

    @property
    def said(self) -> Said | None:
        """Why it is closed, as it was answered; None where it is open."""
        return self._said(self.cleaned_data) if self.cleaned_data["who"] == CLOSED else None

    def _said(self, cleaned: dict[str, Any]) -> Said:
        def asked(name: str, board: Board) -> str:
            return (cleaned.get(f"{name}_{board.pk}") or "").strip()

        grounds = []
        for board in self.boards:
            ground = asked("ground", board)
            registered = {"yes": True, "no": False}.get(asked("must_be_registered", board))
            grounds.append(
                SaidOfBoard(
                    board, ground, asked("reason", board),
                    interest_for=asked("interest_for", board), interest_against=asked("interest_against", board),
                    must_be_registered=registered if ground == FINANCIAL else None,
                )
            )  # fmt: skip
        return Said(tuple(grounds), (cleaned.get("public_title") or "").strip(), cleaned.get("review_on"))


class ReleaseForm(PortalForm):
    """Why something that was closed is public now."""

    submit_label = "Make it public"
    submit_warning = True
    note = forms.CharField(
        label="Why it can be public now",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The public reads this beside it.",
        error_messages={"required": "Say why it can be public now"},
    )


class ReviewForm(PortalForm):
    """That something stays closed, until when, and why."""

    submit_label = "Keep it closed"
    review_on = DayField(label="Look at it again on")
    why = forms.CharField(
        label="Why it stays closed",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Staff can read it in the audit log.",
        error_messages={"required": "Say why it stays closed"},
    )


def _stands(closure: Closure | None) -> dict[str, Any]:
    """The answers that the closure stands for; of something open, none but that."""
    if closure is None or not closure.in_force:
        return {"who": OPEN}
    found = {"who": CLOSED, "public_title": closure.public_title, "review_on": closure.review_on}
    for ground in closure.grounds.all():
        registered = {True: "yes", False: "no", None: ""}[ground.must_be_registered]
        found |= {
            f"{name}_{ground.board_id}": value
            for name, value in {
                "ground": ground.ground, "reason": ground.reason, "interest_for": ground.interest_for,
                "interest_against": ground.interest_against, "must_be_registered": registered,
            }.items()
        }  # fmt: skip
    return found
