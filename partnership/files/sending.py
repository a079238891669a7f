"""Files a person takes away: a table made for them, or a file that was stored."""

from collections.abc import Iterable, Sequence
from mimetypes import guess_extension

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse
from django.utils.text import slugify

from partnership.files import writing

SHOWN_IN_THE_BROWSER = {"application/pdf"}


def table(headings: Sequence[str], rows: Iterable[Sequence[object]], kind: str, name: str, title: str = "People"):
    """Returns the rows as a file `name` with the ending of `kind`, "csv" or "xlsx". 404 for any other kind."""
    if kind not in writing.TYPES:
        raise Http404
    return attachment(writing.table(headings, rows, kind, title), writing.TYPES[kind], f"{name}.{kind}")


def attachment(content: bytes, content_type: str, name: str) -> HttpResponse:
    """Returns the bytes as a file to save under a name of ours."""
    return HttpResponse(content, content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def stored(file: FieldFile, title: str, content_type: str, extension: str = "") -> FileResponse:
    """Returns a stored file, named from its title; a browser shows only what cannot act. 404 where the bytes are gone."""
    try:
        opened = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    ending = f".{extension}" if extension else guess_extension(content_type) or ""
    shown = content_type in SHOWN_IN_THE_BROWSER
    name = f"{slugify(title)[:80] or 'document'}{ending}"
    response = FileResponse(opened, as_attachment=not shown, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response
