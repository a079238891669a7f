"""How an address is asked for, and what each role gets."""

from tests.world import ROLES


def get(*statuses: int) -> tuple[str, dict[str, int]]:
    return "get", dict(zip(ROLES, statuses, strict=True))


def post(*statuses: int) -> tuple[str, dict[str, int]]:
    return "post", dict(zip(ROLES, statuses, strict=True))


def everyone(status: int = 200) -> tuple[str, dict[str, int]]:
    return get(*[status] * 8)


def signed_in(status: int = 200) -> tuple[str, dict[str, int]]:
    return get(302, *[status] * 7)


def staff(status: int = 200) -> tuple[str, dict[str, int]]:
    return get(302, *[403] * 6, status)
