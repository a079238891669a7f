"""Brings database and static files up to date, and loads the demonstration where the database is empty."""

import argparse
import os
import shutil
import sys

import environ

from partnership.local import services
from partnership.local.services.places import BASE_DIR


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reset", action="store_true", help="empty the database first")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
    environ.Env.read_env(BASE_DIR / ".env")
    os.environ.setdefault("DEMONSTRATION", "1")
    try:
        os.environ.update(services.ensure_running())
    except services.ServiceError as error:
        sys.exit(str(error))
    import django  # after the environment is complete

    django.setup()
    if arguments.reset:
        reset()
    prepare()


def prepare() -> None:
    """Migrates, collects static files, loads the demonstration partnership into an empty database.

    Ends with a sentence for the person at the terminal where the database has a layout that no migration leads from.
    """
    from django.conf import settings  # after django.setup()
    from django.core.management import call_command, get_commands  # after django.setup()
    from django.db import connection  # after django.setup()

    from partnership.local import layout  # after django.setup()

    if refusal := layout.refusal(layout.applied(connection), "This database"):
        sys.exit(refusal)
    call_command("migrate", verbosity=0, interactive=False)
    if settings.HASHED_STATIC:
        call_command("collectstatic", verbosity=0, interactive=False)
    if settings.DEMONSTRATION and "demo_load" in get_commands() and _is_empty():
        print("Loading the demonstration partnership ...", flush=True)
        call_command("demo_load", verbosity=0)


def reset() -> None:
    """Empties the embedded database, uploads, ballot keys and inbox. Refuses when the database is not ours."""
    from django.conf import settings  # after django.setup()
    from django.db import connection  # after django.setup()

    sockets = str(settings.DATABASES["default"].get("OPTIONS", {}).get("host", ""))
    if not sockets.endswith("/pg"):
        sys.exit("demo-reset empties only the embedded database: DATABASE_URL names another one.")
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    shutil.rmtree(settings.BALLOT_KEYS_DIR, ignore_errors=True)
    for message in (settings.VAR_DIR / "inbox").glob("*.eml"):
        message.unlink()


def _is_empty() -> bool:
    from django.contrib.auth import get_user_model  # after django.setup()

    return not get_user_model().objects.exists()


if __name__ == "__main__":
    main()
