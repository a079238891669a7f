"""Makes an uploaded PDF fit to publish: what is filled in and marked becomes part of its pages, and what acts or hides goes.

Runs in the child process; loads pikepdf.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from partnership.refusals import Refusal

KEPT_ACTIONS = ("/GoTo", "/Named")
KEPT_ADDRESSES = ("http://", "https://", "mailto:", "tel:")
MEDIA = ("/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D")
ACTIONS = ("/OpenAction", "/A", "/PA")
HIDDEN = ("/AA", "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/RF", "/AF", "/XFA", "/Collection", "/3DD", "/Movie")
NOT_DRAWN_HERE = (
    "The form in this PDF holds letters that we cannot print: open the PDF, print it to a new PDF and send that"
)
ONLY_A_FORM = "This PDF is a form that shows itself only in one program: print it there to a new PDF and send that"
REMOVED = "We removed programs, attached files, sounds or films: they cannot be published"
REDACTIONS = (
    "Parts of this PDF are marked to be blacked out, but are still there: apply the redactions and send it again"
)


@dataclass
class Cleaned:
    """`flattened`: form fields or notes became part of the pages. `notes`: what changed, in words."""

    flattened: bool = False
    notes: list[str] = field(default_factory=list)


def clean(pdf: Pdf) -> Cleaned:
    """Changes the open PDF, and returns what changed. Raises Refusal for what cannot be cleaned without a loss."""
    found = Cleaned()
    refuse_what_misleads(pdf)
    media = _remove_media(pdf)
    _flatten(pdf, found)
    if media + _remove_what_acts(pdf):
        found.notes.append(REMOVED)
    if pdf.is_encrypted:
        found.notes.append("We removed the protection against copying, which also keeps screen readers out")
    return found


def refuse_what_misleads(pdf: Pdf) -> None:
    """Raises Refusal for a form that one program alone shows, and for redactions that nobody applied: what they hide is
    still in the file."""
    if pdf.Root.get("/NeedsRendering", False):
        raise Refusal(ONLY_A_FORM, "file")
    if any(mark.get("/Subtype") == "/Redact" for mark in marks(pdf)):
        raise Refusal(REDACTIONS, "file")


def remove_what_acts(pdf: Pdf) -> bool:
    """Removes programs, actions, attached files, sounds and films, and nothing else; returns whether there were any."""
    return _remove_media(pdf) + _remove_what_acts(pdf) > 0


def _flatten(pdf: Pdf, found: Cleaned) -> None:
    """Fields and notes as they are seen become part of the pages; what has no picture of its own goes. Links stay."""
    fields = [mark for mark in marks(pdf) if mark.get("/Subtype") == "/Widget"]
    notes = [mark for mark in marks(pdf) if mark.get("/Subtype") not in ("/Widget", "/Link", "/Popup")]
    unseen = sum(1 for mark in notes if "/AP" not in mark)
    if not fields and not notes:
        return
    _draw_what_is_filled_in(pdf, fields)
    pdf.flatten_annotations("screen")
    for page in pdf.pages:
        _keep_marks(pdf, page, lambda mark: mark.get("/Subtype") == "/Link")
    if "/AcroForm" in pdf.Root:
        del pdf.Root["/AcroForm"]
    found.flattened = True
    if fields:
        found.notes.append(_counted(len(fields), "form field is", "form fields are") + " now part of the page")
    if any(_inherited(mark, "/FT") == "/Sig" for mark in fields):
        found.notes.append("A digital signature is shown, but can no longer be verified in this copy")
    if notes:
        found.notes.append(
            _counted(len(notes), "comment or mark is", "comments or marks are") + " now part of the page"
        )
    if unseen:
        found.notes.append(
            _counted(unseen, "of them has no picture and was", "of them have no picture and were") + " removed"
        )


def _draw_what_is_filled_in(pdf: Pdf, fields: list[Object]) -> None:
    """Draws fields that nobody drew. qpdf draws the letters of Western Europe only, and puts "?" for others: a field with
    others keeps the picture it came with, and without one the file is refused."""
    others = [mark for mark in fields if not _western(str(_inherited(mark, "/V") or ""))]
    pictures = [_picture_of(pdf, mark) for mark in others]
    if any(picture is None for picture in pictures):
        raise Refusal(NOT_DRAWN_HERE, "file")
    pdf.generate_appearance_streams()  # changes pictures where they are: those kept are copies
    for mark, picture in zip(others, pictures, strict=True):
        mark["/AP"] = Dictionary(N=picture)
    if any("/AP" not in mark and str(_inherited(mark, "/V") or "") for mark in fields if _is_text(mark)):
        raise Refusal(NOT_DRAWN_HERE, "file")


def _picture_of(pdf: Pdf, mark: Object) -> Object | None:
    """A copy of what a mark shows, if it has a picture of its own."""
    shown = mark.get("/AP", Dictionary()).get("/N")
    if not isinstance(shown, Stream):
        return None
    copy = pdf.make_stream(shown.read_bytes())
    for key, value in shown.items():
        if key not in ("/Length", "/Filter", "/DecodeParms"):
            copy[key] = value
    return copy


def _is_text(mark: Object) -> bool:
    return _inherited(mark, "/FT") in ("/Tx", "/Ch")


def _inherited(mark: Object, key: str) -> Any:
    """The value of a field, which it may have from those above it."""
    for _ in range(20):
        if key in mark:
            return mark[key]
        if "/Parent" not in mark:
            return None
        mark = mark["/Parent"]
    return None


def _western(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def marks(pdf: Pdf) -> Iterator[Object]:
    """Everything that lies on the pages without being part of them."""
    for page in pdf.pages:
        laid = page.obj.get("/Annots")
        if isinstance(laid, Array):
            yield from (mark for mark in laid if isinstance(mark, Dictionary))


def _keep_marks(pdf: Pdf, page: Any, keep: Any) -> int:
    """Keeps the marks of the page for which `keep` is true; returns how many went."""
    laid = page.obj.get("/Annots")
    if not isinstance(laid, Array):
        return 0
    kept = [mark for mark in laid if isinstance(mark, Dictionary) and keep(mark)]
    gone = len(laid) - len(kept)
    if gone and kept:
        page.obj["/Annots"] = Array(kept)
    elif gone:
        del page.obj["/Annots"]
    return gone


def _remove_media(pdf: Pdf) -> int:
    return sum(_keep_marks(pdf, page, lambda mark: mark.get("/Subtype") not in MEDIA) for page in pdf.pages)


def _remove_what_acts(pdf: Pdf) -> int:
    """Removes programs, actions and attached files from every object of the file, wherever they hang; returns how many."""
    return sum(_remove_from(each) for thing in pdf.objects for each in _dictionaries(thing))


def _dictionaries(thing: Any) -> Iterator[Object]:
    """The object and what it holds, but not what it points to: that is an object of the file itself."""
    waiting = [thing]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Array):
            waiting += [part for part in each if _holds(part)]
        elif isinstance(each, Dictionary | Stream):
            yield each
            waiting += [part for _, part in each.items() if _holds(part)]


def _holds(part: Any) -> bool:
    return isinstance(part, Array | Dictionary) and not part.is_indirect


def _remove_from(thing: Object) -> int:
    gone = [key for key in HIDDEN if key in thing]
    gone += [key for key in ACTIONS if key in thing and _acts(thing[key])]
    if _is_action(thing) and "/Next" in thing:
        gone.append("/Next")
    for key in gone:
        del thing[key]
    return len(gone)


def _is_action(thing: Any) -> bool:
    return (
        isinstance(thing, Dictionary) and isinstance(thing.get("/S"), Name) and thing["/S"] in (*KEPT_ACTIONS, "/URI")
    )


def _acts(action: Any) -> bool:
    """Whether it does anything but lead to a page or a web address. An attribute of a tag has no /S."""
    if not isinstance(action, Dictionary) or "/S" not in action:
        return False
    if action["/S"] == "/URI":
        return not str(action.get("/URI", "")).strip().lower().startswith(KEPT_ADDRESSES)
    return action["/S"] not in KEPT_ACTIONS


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
