"""Files that boards publish, sent under a name made from their title."""

from mimetypes import guess_extension

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from django.utils.text import slugify

SHOWN_IN_THE_BROWSER = {"application/pdf"}


def sent(file: FieldFile, title: str, content_type: str) -> FileResponse:
    """Returns the file; a browser shows only what cannot act. 404 where the bytes are gone."""
    try:
        opened = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    name = f"{slugify(title)[:80] or 'document'}{guess_extension(content_type) or ''}"
    shown = content_type in SHOWN_IN_THE_BROWSER
    response = FileResponse(opened, as_attachment=not shown, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response
