"""Tagged PDFs, made by typst from a template and data."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings


def compile_pdf(template: str, data: dict[str, Any]) -> bytes:
    """Returns the PDF of `templates/<template>.typ`, which reads `data` as JSON."""
    import typst  # costs 40 MB of memory: only the process that prints pays for it

    source = Path(settings.BASE_DIR) / "templates" / f"{template}.typ"
    return typst.compile(source.read_bytes(), sys_inputs={"data": json.dumps(data)}, pdf_standards="ua-1")
