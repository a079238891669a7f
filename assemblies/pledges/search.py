"""Pledges and asks by their words. Nobody finds them by who made them."""

from assemblies.pledges.models import Ask, Pledge
from partnership import search
from partnership.search import Found, Result


@search.kind("Pledges")
def pledges(user) -> Found:
    return Found(Pledge.objects.visible_to(user).with_facts(), ("answer__text",), pledge)


@search.kind("Asks")
def asks(user) -> Found:
    return Found(Ask.objects.visible_to(user).with_facts(), ("answer__text",), ask)


def pledge(row: Pledge) -> Result:
    return Result(
        f"{row}: {row.text}", row.get_absolute_url(), search.line(row.get_state_display(), str(row.place or ""))
    )


def ask(row: Ask) -> Result:
    about = search.line(row.get_state_display(), str(row.partner or ""), str(row.place or ""))
    return Result(f"{row}: {row.text}", row.get_absolute_url(), about)
