"""What goes into a pack, and what is known of it when it is built."""

from dataclasses import dataclass, replace
from pathlib import Path

from assemblies.papers.report_text import ReportText, Section


@dataclass(frozen=True)
class Attachment:
    """An uploaded PDF that was checked (`files.safely.check_pdf`): `sizes` of its pages are what the check found.

    `tagged`: its author made it for screen readers. `points` are words and the page of it that they lead to: ("slides 22
    to 35", 22). `alt` describes it where its title does not. `appendix`: its number among the appendices of its report, by
    which links in the report lead to it; 0 where it is none. `sha256` of its bytes, where it is known. `starts`: see `Gone`.
    """

    key: str
    title: str
    path: Path
    sizes: tuple[tuple[float, float], ...]
    tagged: bool = False
    alt: str = ""
    points: tuple[tuple[str, int], ...] = ()
    appendix: int = 0
    sha256: str = ""
    starts: int = 0

    @property
    def pages(self) -> int:
        return len(self.sizes)


@dataclass(frozen=True)
class Gone:
    """A paper that was withdrawn after it came out. One page says so in its place: `said` is what stands there, `inline` that
    it had no page of its own. All that begins a page has its number as it was (`starts`), so that everything else keeps its
    pages; 0 where it simply follows."""

    key: str
    title: str
    said: str
    appendix: int = 0
    inline: bool = False
    starts: int = 0


@dataclass(frozen=True)
class Elsewhere:
    """A file that is no PDF, or one that cannot be printed: it is listed with its address. `kind`: "XLSX, 2 MB"."""

    key: str
    title: str
    address: str
    kind: str = ""
    appendix: int = 0


File = Attachment | Elsewhere | Gone


@dataclass(frozen=True)
class Paper:
    """A cover report, with the files beside it in their order. `classification` is what its head says: "Open". `parts` are the
    blocks of other apps that were frozen into it. `title`: what stands over it where that is not the report's own, as "Health
    Board: The budget"."""

    key: str
    report: ReportText
    classification: str = "Open"
    attachments: tuple[File, ...] = ()
    parts: tuple[Section, ...] = ()
    starts: int = 0
    title: str = ""


@dataclass(frozen=True)
class PackItem:
    """An item of the agenda. `closed` says why its papers are not here: "Exempt: paragraph 3 …"; empty where they may be."""

    key: str
    number: str
    title: str
    purpose: str = ""
    time: str = ""
    closed: str = ""
    papers: tuple[Paper | File, ...] = ()
    starts: int = 0


@dataclass(frozen=True)
class Pack:
    """A pack. `items` are the agenda, with papers that anybody may read; `closed_items` those of the second part, whose pages
    are E1, E2 …: the first part does not depend on them, page for page. Every item, paper and attachment has a key of its
    own; an item that is part exempt stands in both parts, with two.

    `supplement` is 0 for the pack itself and 1, 2 … for what comes after it, whose `first_page` follows the last page of
    what came before. `recording` says whether the meeting may be recorded; `contact` who to ask; `notes` stand on the cover:
    what was withdrawn, and when.
    """

    board: str
    meeting: str
    day: str
    place: str
    items: tuple[PackItem, ...]
    closed_items: tuple[PackItem, ...] = ()
    supplement: int = 0
    first_page: int = 1
    first_closed_page: int = 1
    recording: str = ""
    contact: str = ""
    notes: tuple[str, ...] = ()

    @property
    def public(self) -> "Pack":
        """What anybody may have: the same pages without the second part."""
        return replace(self, closed_items=())

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """Every file whose pages go in, in their order."""
        return tuple(file for file in self.files if isinstance(file, Attachment))

    @property
    def gone(self) -> tuple[str, ...]:
        """The keys of papers in whose place it stands that they were withdrawn."""
        return tuple(file.key for file in self.files if isinstance(file, Gone))

    @property
    def files(self) -> tuple[File, ...]:
        """Every file beside a report or by itself, in their order."""
        found: list[File] = []
        for item in (*self.items, *self.closed_items):
            for paper in item.papers:
                found += paper.attachments if isinstance(paper, Paper) else [paper]
        return tuple(found)


@dataclass(frozen=True)
class Position:
    """Where something begins: the number on its page ("12", "E3"), and which page of the file that is, from 1."""

    number: str
    sheet: int


@dataclass(frozen=True)
class Built:
    """A pack that was built. `positions` are by the keys of items, papers and attachments. `last_page` and
    `last_closed_page` are where the next supplement goes on; one less than the first where there are none. `strict`: it
    keeps to PDF/UA-1, which no PDF with uploaded pages inside can."""

    key: str
    path: Path
    pages: int
    sha256: str
    first_page: int
    last_page: int
    first_closed_page: int
    last_closed_page: int
    strict: bool
    positions: dict[str, Position]
