"""One page of a long list."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

ON_A_PAGE = 50


def page_of(rows: QuerySet | list, request: HttpRequest, on_a_page: int = ON_A_PAGE, count: int | None = None) -> Page:
    """Returns the page the address asks for (`?page=2`); a page that does not exist becomes the nearest that does.

    `count`: how many rows there are, where that is known already; otherwise it is asked.
    """
    paginator = Paginator(rows, on_a_page)
    if count is not None:
        paginator.count = count  # a cached property: given, it is not worked out
    page: Any = paginator.get_page(request.GET.get("page"))
    shown = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    page.numbers = [number if isinstance(number, int) else None for number in shown]
    return page
