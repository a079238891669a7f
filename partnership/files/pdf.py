"""Tagged PDFs, made by typst from a template and data, in every script that names are written in.

Loads no Django: the process that makes packs imports it.
"""

import json
import logging
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from operator import methodcaller
from typing import Any, Literal

from partnership.files.child import ROOT
from partnership.text import legible

logger = logging.getLogger(__name__)
TEMPLATES = ROOT / "templates"
FONTS = ROOT / "node_modules" / "@expo-google-fonts"
ATTEMPTS = 3
REFUSED_TEXT = re.compile(r'the text (?:contains the disallowed codepoint )?`"(.+?)"`')  # in an error of typst
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
NO_FONT_HAS_IT = "\N{REPLACEMENT CHARACTER}"


def compile_pdf(template: str, data: dict[str, Any]) -> bytes:
    """Returns the PDF of `templates/<template>.typ`, which reads `data` as JSON.

    It is PDF/UA-1. A character that no font has is printed as the plainer one it stands for, or as "�". If typst still
    refuses, the PDF is made without the standard: people at a door need their list.
    """
    data, made = with_every_character(lambda facts: _compile(template, facts, "ua-1"), data, name=template)
    return made or _compile(template, data, None)


def with_every_character(
    attempt: Callable[[dict[str, Any]], bytes], data: dict[str, Any], *, name: str
) -> tuple[dict[str, Any], bytes | None]:
    """Returns the data with each character that no font has replaced, and what `attempt` made of it under PDF/UA-1, which
    refuses such characters; None where typst refuses for another reason. `name` is for the log."""
    import typst  # costs 40 MB of memory, and what fonts a text needs: only the process that prints pays for it

    data = _in_each_text(legible, data)
    for _ in range(ATTEMPTS):
        try:
            return data, attempt(data)
        except typst.TypstError as error:
            refused = _refused_characters(error)
            logger.warning("%s is not PDF/UA-1: %s", name, _why(error, refused))
        if not refused:
            break
        data = _in_each_text(methodcaller("translate", _plainer(refused)), data)
    return data, None


@lru_cache
def fonts():
    """The fonts that were installed, or typst's own where there are none; never those of the machine."""
    import typst  # costs memory, as above

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=not FONTS.is_dir(), font_paths=[FONTS])


def _compile(template: str, data: dict[str, Any], standard: Literal["ua-1"] | None) -> bytes:
    import typst  # costs memory, as above

    source = (TEMPLATES / f"{template}.typ").read_bytes()
    facts = {"data": json.dumps(data)}
    return typst.compile(source, root=TEMPLATES, font_paths=fonts(), sys_inputs=facts, pdf_standards=standard)


def _in_each_text(change: Callable[[str], str], value: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _in_each_text(change, each) for key, each in value.items()}
    return [_in_each_text(change, each) for each in value] if isinstance(value, list | tuple) else value


def _refused_characters(error: Any) -> set[str]:
    """The characters that typst could not print, as it names them: no function of it tells what a font has."""
    named = "".join(REFUSED_TEXT.findall(str(error.diagnostic)))
    named = ESCAPED.sub(lambda found: chr(int(found[1], 16)), named)
    return {each for each in named if not each.isascii()}


def _plainer(refused: set[str]) -> dict[int, str]:
    """What to print for each: the plainer character it stands for, or the mark."""
    plainer = {each: unicodedata.normalize("NFKC", each) for each in refused}
    return {ord(each): NO_FONT_HAS_IT if refused & set(plain) else plain for each, plain in plainer.items()}


def _why(error: Any, refused: set[str]) -> str:
    """The reason without any words of the text, which may be somebody's name."""
    if refused:
        return "no font has " + ", ".join(f"U+{ord(each):04X}" for each in sorted(refused)[:20])
    return re.sub(r'`".*?"`', "…", str(error.message))
