from django.db import models

from assemblies.meetings.models.meeting import PUBLIC_STATES


class FollowerQuerySet(models.QuerySet["Follower"]):
    def public(self):
        """Followers of meetings that are published: whoever has the key in their link may stop or confirm."""
        return self.filter(meeting__state__in=PUBLIC_STATES)

    def confirmed(self):
        """Followers who may be written to."""
        return self.filter(confirmed_at__isnull=False)


class Follower(models.Model):
    """Someone who asked to be told when a meeting changes. Their address is confirmed before anything is sent."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="followers")
    email = models.EmailField()
    key = models.CharField(max_length=43, unique=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "email"], name="follower_once_for_each_meeting")]
