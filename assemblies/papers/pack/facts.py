"""A pack as the facts its template prints: words as data, Markdown as blocks, files by their number."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count

from assemblies.papers.markdown import appendix_links
from assemblies.papers.pack.blocks import Facts, blocks
from assemblies.papers.pack.parts import Elsewhere, File, Gone, Pack, PackItem, Paper
from assemblies.papers.report_text import FIELDS
from partnership.text import one_line

# Points of an A4 page that uploaded pages are scaled into, beside our number in the foot
SHORT, LONG = 595.28, 841.89
MARGIN, FOOT = 18, 40


def of(pack: Pack) -> Facts:
    """Returns what the template prints. Raises ValueError when two things have one key."""
    keys = Counter(_keys(pack))
    if twice := [key for key, times in keys.items() if times > 1]:
        raise ValueError(f"two parts of a pack have one key: {', '.join(sorted(twice))}")
    number = count(1)
    return {
        "board": pack.board,
        "meeting": pack.meeting,
        "day": pack.day,
        "place": pack.place,
        "recording": pack.recording,
        "contact": pack.contact,
        "notes": list(pack.notes),
        "supplement": pack.supplement,
        "first": pack.first_page,
        "first_closed": pack.first_closed_page,
        "items": [_item(item, pack, number) for item in pack.items],
        "closed_items": [_item(item, pack, number) for item in pack.closed_items],
    }


def _keys(pack: Pack) -> Iterator[str]:
    for item in (*pack.items, *pack.closed_items):
        yield item.key
        yield from (paper.key for paper in item.papers if isinstance(paper, Paper))
    yield from (file.key for file in pack.files)


def _item(item: PackItem, pack: Pack, number: Iterator[int]) -> Facts:
    return {
        "key": item.key,
        "number": item.number,
        "title": item.title,
        "purpose": item.purpose,
        "time": item.time,
        "closed": item.closed,
        "starts": item.starts,
        "papers": [
            _paper(paper, item, pack, number) if isinstance(paper, Paper) else _file(paper, number)
            for paper in item.papers
        ],
    }


def _paper(paper: Paper, item: PackItem, pack: Pack, number: Iterator[int]) -> Facts:
    report = paper.report
    links = appendix_links(report)
    files = [_file(file, number, {to.page for to in links if to.number == file.appendix}) for file in paper.attachments]
    appendices = {each.appendix: file for each, file in zip(paper.attachments, files, strict=True) if each.appendix}
    head = [
        ("Item", item.number),
        ("Classification", paper.classification),
        ("Date", pack.day),
        ("Meeting", f"{pack.board}, {pack.meeting}" if pack.board != pack.meeting else pack.board),
    ]
    fields = [{"name": name, "blocks": [_line(value)]} for name, value in head if value]
    fields += [
        {"name": name, "blocks": said}
        for key, name in FIELDS.items()
        if (said := blocks(report.fields.get(key, ""), appendices))
    ]
    return {
        "kind": "report",
        "key": paper.key,
        "starts": paper.starts,
        "title": one_line(paper.title or report.title) or "Report",
        "fields": fields,
        "recommendations": [blocks(each, appendices) for each in report.recommendations],
        "sections": [
            _section(section.title, blocks(section.text, appendices), place)
            for place, section in enumerate(report.sections, 1)
        ],
        "parts": [{"title": one_line(part.title), "blocks": blocks(part.text, appendices)} for part in paper.parts],
        "appendices": [appendix.title for appendix in report.appendices],
        "files": files,
    }


def _line(words: str) -> Facts:
    return {"kind": "paragraph", "runs": [{"text": words}]}


def _section(title: str, said: list[Facts], place: int) -> Facts:
    """A section, its own paragraphs numbered: 1.1, 1.2 …"""
    number, found = count(1), []
    for block in said:
        numbered = {"number": f"{place}.{next(number)}"} if block["kind"] == "paragraph" else {}
        found.append(block | numbered)
    return {"number": str(place), "title": title, "blocks": found}


def _file(file: File, number: Iterator[int], linked: Iterable[int] = ()) -> Facts:
    """A file, with the pages that its own points and links in its report lead to; where it can be opened; or that it is gone."""
    if isinstance(file, Elsewhere):
        title = one_line(file.title) or "File"
        return {"kind": "elsewhere", "key": file.key, "title": title, "address": file.address, "said": file.kind}
    if isinstance(file, Gone):
        title = one_line(file.title) or "File"
        return {"kind": "gone", "key": file.key, "starts": file.starts, "title": title, "said": file.said,
                "inline": file.inline}  # fmt: skip
    points = [{"words": words, "page": page} for words, page in file.points if 1 <= page <= file.pages]
    led_to = {*(point["page"] for point in points), *(page for page in linked if 1 <= page <= file.pages)}
    return {
        "kind": "file",
        "key": file.key,
        "starts": file.starts,
        "title": one_line(file.title) or "File",
        "file": next(number),
        "tagged": file.tagged,
        "alt": one_line(file.alt or file.title) or "File",
        "pages": [_page(width, height) for width, height in file.sizes],
        "points": points,
        "led_to": sorted(led_to),
    }


def _page(width: float, height: float) -> Facts:
    """Which way the sheet lies, and how large the page is shown on it: never larger than it is."""
    across, down = (LONG, SHORT) if width > height else (SHORT, LONG)
    scale = min((across - 2 * MARGIN) / width, (down - MARGIN - FOOT) / height, 1)
    return {"landscape": width > height, "width": round(width * scale, 4), "height": round(height * scale, 4)}
