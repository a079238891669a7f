"""Reports of servers that took an email of ours and could not deliver it."""

from partnership import inbound
from partnership.inbound import Taken
from partnership.outbox import reports
from partnership.outbox.actions.come_back import settle


@inbound.wants
def says_it_is_a_report(header: bytes) -> bool:
    return b"multipart/report" in header


@inbound.takes
def delivery_report(content: bytes) -> Taken | None:
    report = reports.read(content)
    if report is None:
        return None
    settled, is_new = settle(report)
    return Taken(settled, int(is_new))
