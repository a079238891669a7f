"""Files on the disk that no row tells of: nobody could open them, and nobody could ask for them to be deleted."""

from datetime import datetime

from partnership import retention
from partnership.files import storing


@retention.deletes(retention.EVERY_HOUR)
def orphans(now: datetime) -> dict[str, int]:
    return {"files_without_a_row": storing.delete_orphans(now)}
