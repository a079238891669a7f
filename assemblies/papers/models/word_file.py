from django.db import models

from partnership.files.models import Preview, confirmed_has_time


class WordFile(Preview):
    """A report that came back from Word. What it says is kept until somebody uses it or leaves it; nothing of the report
    changes until then. The document itself is not kept."""

    report = models.ForeignKey("papers.Report", models.CASCADE, related_name="word_files")
    found = models.JSONField("what the document says, as it was read", default=dict)
    answers = models.JSONField("what was answered about it, by kind of question", default=dict)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [confirmed_has_time("used_word_file_has_time")]

    def forget(self) -> int:
        """Deletes what was read."""
        self.forget_file()
        return 1

    def forget_file(self) -> None:
        self.found, self.answers = {}, {}
        self.save(update_fields=["found", "answers"])
