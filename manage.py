#!/usr/bin/env python
"""Django's command line. Starts the embedded services when no DATABASE_URL names another database."""

import os
import sys
from pathlib import Path

import environ


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
    environ.Env.read_env(Path(__file__).with_name(".env"))
    if "DATABASE_URL" not in os.environ and sys.argv[1:2] != ["makemigrations"]:
        from partnership.local import services  # only where nothing else is set: never in production

        os.environ.update(services.ensure_running())
    from django.core.management import execute_from_command_line  # after the environment is complete

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
