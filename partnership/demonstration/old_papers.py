"""Papers of a board from before it used this portal, all invented: imported as staff import them."""

from assemblies.past_papers.actions import file_reading, paper_import
from partnership.accounts.models import User
from partnership.boards.models import Board
from partnership.demonstration import papers, who

HEALTH_AND_WELLBEING = "Southwark Health and Wellbeing Board"
INVENTED = "Illustrative: the meeting, its day and every word of this paper are invented for the demonstration."
# Names as a council keeps its files: the day and the kind are read from them
OLD = {
    "2019-12-09 Agenda (illustrative).pdf": [
        INVENTED,
        "1. Welcome",
        "2. Winter in care homes",
        "3. Any other business",
    ],
    "2019-12-09 Minutes (illustrative).pdf": [
        INVENTED,
        "The board heard how care homes prepare for winter, and noted it.",
    ],
    "2020-03-09 Agenda and reports (illustrative).pdf": [INVENTED, "1. Welcome", "2. Befriending: what it achieved"],
    "2020-03-09 Exempt report on a contract (illustrative).pdf": [INVENTED, "For members of the board alone."],
}


def load(people: dict[str, User], board: Board) -> None:
    """Imports them for everybody; the one whose name says that it was exempt is for members alone."""
    files = []
    for name, lines in OLD.items():
        file = papers.file(name.removesuffix(".pdf"), lines)
        file.name = name
        files.append(file)
    batch = paper_import.start(board=board, by=people[who.STAFF], files=files, members_only=False)
    while file_reading.read_some(batch.pk):
        pass
    paper_import.confirm(batch=batch, by=people[who.STAFF])
