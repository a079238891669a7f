"""Whether a database, or a back-up of one, was made with the migrations this code has."""

from collections.abc import Iterable

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

# Apps of other people, whose migrations are no business of ours: some are installed only where a setting asks for them.
OF_OTHERS = {"account", "admin", "auth", "contenttypes", "mfa", "sessions", "sites", "socialaccount"}

Migration = tuple[str, str]  # label of the app, name of the migration


def applied(connection) -> list[Migration]:
    """The migrations applied to a database, sorted; none where it has never been migrated."""
    return sorted(MigrationRecorder(connection).applied_migrations())


def refusal(migrations: Iterable[Migration], what: str) -> str:
    """Why rows made with these migrations cannot be used with this code, in one sentence; "" where they can.

    `what` begins the sentence: "This database". A migration of ours that the code does not have was written for another
    layout of the tables, and no migration leads from there to here.
    """
    known = MigrationLoader(None).disk_migrations
    strangers = sorted({(app, name) for app, name in migrations if app not in OF_OTHERS} - known.keys())
    if not strangers:
        return ""
    return (
        f"{what} has another layout than this portal, which does not know its migration {'.'.join(strangers[0])}: "
        "run make demo-reset, which empties the database and loads the demonstration again."
    )
