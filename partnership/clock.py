"""The clock, Celery's beat: `python -m partnership.clock`. It sends the names of tasks at their times.

It needs neither Django nor the tasks, and not Celery's command line either, which would double its memory.
`celery -A partnership.clock beat` does the same.
"""

from celery import Celery

app = Celery("partnership", fixups=[])
app.config_from_object("partnership.settings", namespace="CELERY")

if __name__ == "__main__":
    app.Beat(loglevel="WARNING", quiet=True).run()
