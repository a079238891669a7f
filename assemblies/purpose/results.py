"""What members said of the lines: for the page of a purpose, for minutes, and for those who may read who said what."""

from collections.abc import Iterable
from dataclasses import dataclass

from assemblies.purpose.models import PurposeLine, PurposeVersion, Round, RoundLine
from assemblies.voice.models import TopicView

STANCES = dict(TopicView.Stance.choices)


@dataclass(frozen=True)
class Said:
    """What an organisation said of a line."""

    who: str
    stance: str
    words: str = ""


def quotes_of(row: RoundLine) -> list[Said]:
    """The words that may be quoted, by name of the organisation."""
    return [Said(who, STANCES[stance], words) for who, stance, words in row.quotes]


@dataclass
class SeenLine:
    """A line with what was said of it last. `before`: how it read in the version before, where it read otherwise; `is_new`: it
    continues none."""

    line: PurposeLine
    asked: RoundLine | None = None
    of_earlier_words: bool = False  # it read otherwise when members were asked
    before: str = ""
    is_new: bool = False

    @property
    def quotes(self) -> list[Said]:
        return quotes_of(self.asked) if self.asked else []


def lines_of(version: PurposeVersion, last: Round | None = None) -> list[SeenLine]:
    """The lines of a version read `with_facts`; with what the round, one that is closed and was answered, says of each."""
    said = {row.line_id: row for row in last.lines.all()} if last and last.answered else {}
    seen = []
    for line in version.lines.all():
        old = line.continues
        before = old.text if old and old.text != line.text else ""
        asked = said.get(line.pk) or said.get(line.continues_id or 0)
        seen.append(
            SeenLine(
                line, asked, of_earlier_words=bool(before and asked and asked.line_id != line.pk), before=before,
                is_new=old is None and version.number > 1,
            )
        )  # fmt: skip
    return seen


def dropped_from(version: PurposeVersion) -> Iterable[PurposeLine]:
    """The lines of the version before that this one does not continue, in their order. One query."""
    kept = [line.continues_id for line in version.lines.all() if line.continues_id]
    before = PurposeLine.objects.filter(version__board=version.board_id, version__number=version.number - 1)
    return before.exclude(pk__in=kept)


def answers_of(round_: Round) -> dict[int, list[Said]]:
    """By topic of the call: what each organisation said of that line, with its name. For those who may read it. One query."""
    views = TopicView.objects.filter(answer__call=round_.call_id).select_related("answer__partner")
    found: dict[int, list[Said]] = {}
    for view in views.order_by("answer__partner__name"):
        said = Said(str(view.answer.partner), view.get_stance_display(), view.words)
        found.setdefault(view.topic_id, []).append(said)
    return found


def rounds_at(meeting) -> dict[int, Round]:
    """The rounds whose item is planned for the meeting, by the topic of the item: of several the last. Two queries."""
    rows = Round.objects.with_facts().filter(planned__meeting=meeting).order_by("pk")
    return {row.planned.topic_id: row for row in rows if row.planned}


def last_closed(board) -> Round | None:
    """The last round of the board whose result is there and that somebody answered. Two queries."""
    return Round.objects.with_facts().closed().filter(board=board, answered__gt=0).first()
