"""SQL statements and kilobytes of each page, with the data of the measurements and with a hundredth of it."""

import json
import os
import subprocess
import sys

from bench import portal
from bench.table import Row

ANYONE = ["/", "/meetings/", "/meetings/bench-000/", "/meetings/bench-000/register/", "/places/", "/boards/", "/partners/",
          "/partners/?words=carers", "/partners/bench-organisation-00001/", "/representation/", "/representation/?by=group",
          "/representation/?by=place&sector=vcfse", "/representation/list/", "/boards/structure/", "/elections/",
          "/calendar.ics", "/decisions/", "/decisions/?words=carers",
          *[f"/meetings/bench-001/{page}" for page in ("", "agenda/1/", "papers/")]]  # fmt: skip
MANAGE = ["", "invitations/", "registrations/", "needs/", "door/", "lists/", "reminders/", "agenda/", "programme/"]
STAFF = ["/home/", *[f"/meetings/bench-000/manage/{page}" for page in MANAGE]]


def measure(site: portal.Site) -> list[Row]:
    """For each page: statements with all the data, beside statements with a hundredth of it."""
    full = _count(site)
    site.fill("--hundredth")
    small = _count(site)
    return [
        Row(f"SQL statements of {page}", "", [full[page]], small[page], "with a hundredth of the data", "the same")
        for page in full
    ]


def _count(site: portal.Site) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.queries"],
        cwd=portal.ROOT,
        env=site.environment,
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(done.stdout)


def main() -> None:
    """Prints the count for each page, in a process that has the measured portal's settings."""
    import django  # the settings are those of the process that measures

    django.setup()
    from django.conf import settings  # after django.setup()
    from django.db import connection  # after django.setup()
    from django.test import Client  # after django.setup()
    from django.test.utils import CaptureQueriesContext  # after django.setup()

    from partnership.accounts.models import User  # after django.setup()

    settings.ALLOWED_HOSTS = ["testserver"]
    anyone, staff = Client(), Client()
    staff.force_login(User.objects.get(email="bench.staff@example.org"), "django.contrib.auth.backends.ModelBackend")
    session = staff.session
    session["demonstration_sign_in"] = True
    session.save()
    counts = {}
    for client, name, pages in [(anyone, "cold", ANYONE), (anyone, "warm", ANYONE), (staff, "staff", STAFF)]:
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                response = client.get(page)
            if response.status_code != 200:
                raise SystemExit(f"{page} answers {response.status_code}")
            counts[f"{page} ({name})"] = len(queries)
    json.dump(counts, sys.stdout)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
    main()
