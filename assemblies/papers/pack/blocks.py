"""The blocks of a text as data that the template of a pack prints, so that no word of it is ever read as markup."""

from collections.abc import Iterator, Mapping
from typing import Any

from assemblies.papers.blocks import Heading, List, Paragraph, Runs, Table, appendix, listed
from assemblies.papers.markdown import parse

Facts = dict[str, Any]


def blocks(text: str, files: Mapping[int, Facts]) -> list[Facts]:
    """Returns what the Markdown says. `files` are the appendices in the pack, by their number: links to them lead there."""
    return [_block(each, files) for each in listed(parse(text))]


def _block(block: Paragraph | Heading | Table | List, files: Mapping[int, Facts]) -> Facts:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "runs": _runs(block.runs, files)}
        case List():
            items = [
                [_block(Paragraph(entry.runs), files), *(_block(each, files) for each in entry.lists)]
                for entry in block.entries
            ]
            return {"kind": "list", "ordered": block.ordered, "items": items}
        case Table():
            head, *rows = ([_runs(cell, files) for cell in row] for row in block.rows)
            return {"kind": "table", "head": head, "rows": rows}
        case Paragraph():
            return {"kind": "paragraph", "runs": _runs(block.runs, files)}


def _runs(runs: Runs, files: Mapping[int, Facts]) -> list[Facts]:
    return list(_printed(runs, files))


def _printed(runs: Runs, files: Mapping[int, Facts]) -> Iterator[Facts]:
    for run in runs:
        look = {name: True for name in ("bold", "italic") if getattr(run, name)} | _leads_to(run.link, files)
        for number, line in enumerate(run.text.split("\n")):
            if number:
                yield {"break": True}
            if line:
                yield {"text": line} | look


def _leads_to(link: str, files: Mapping[int, Facts]) -> Facts:
    """Nothing for an appendix that is not in the pack; its address for one that is listed. A page that the file does not have
    is where the file begins."""
    to = appendix(link)
    if to is None:
        return {"link": link} if link else {}
    file = files.get(to.number)
    if file is None:
        return {}
    if "address" in file:
        return {"link": file["address"]}
    has_page = 1 <= to.page <= len(file.get("pages", ()))
    return {"to": {"file": file["file"], "page": to.page} if has_page else {"key": file["key"]}}
