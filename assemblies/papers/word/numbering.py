"""Numbers that somebody typed before the lines of a list, where Word gave none."""

import re
from collections.abc import Iterator
from dataclasses import replace

from assemblies.papers.blocks import Run, Runs, Table, said
from assemblies.papers.word.body import Content, Line
from assemblies.papers.word.looks import Place

TYPED_NUMBER = re.compile(r"\s*(\d{1,3})[.)]\s+")
BY_HAND = Place("", 0, "decimal")


def numbered_by_hand(content: Content) -> Iterator[Line | Table]:
    """Where no line is numbered by Word but some are by hand, these become items of a list."""
    lines = [one for one in content if isinstance(one, Line)]
    if any(line.place for line in lines) or not any(
        (typed := TYPED_NUMBER.match(said(line.runs))) and int(typed[1]) == 1 for line in lines
    ):
        yield from content
        return
    expected = 1
    for one in content:
        typed = TYPED_NUMBER.match(said(one.runs)) if isinstance(one, Line) else None
        if isinstance(one, Line) and typed and int(typed[1]) == expected:
            expected += 1
            yield replace(one, runs=_without_start(one.runs, typed.end()), place=BY_HAND)
        else:
            yield one


def _without_start(runs: Runs, length: int) -> Runs:
    kept: list[Run] = []
    for run in runs:
        kept.append(replace(run, text=run.text[length:]))
        length = max(length - len(run.text), 0)
    return tuple(kept)
