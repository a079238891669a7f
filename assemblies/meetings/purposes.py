"""What an item is on an agenda for. A consultative forum cannot take decisions, only make recommendations."""

from django.db import models


class Purpose(models.TextChoices):
    DECISION = "decision", "For decision"
    DISCUSSION = "discussion", "For discussion"
    INFORMATION = "information", "For information"
    ASSURANCE = "assurance", "For assurance"
