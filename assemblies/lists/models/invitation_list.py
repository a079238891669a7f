from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from partnership.accounts.rules import is_partnership_staff
from partnership.partners.models.partner import Partner, Sector
from places.footprint.models import Place


class InvitationListQuerySet(models.QuerySet["InvitationList"]):
    def visible_to(self, user):
        """Staff see every list, a lead the lists of the places they lead."""
        return self.editable_by(user)

    def editable_by(self, user):
        if is_partnership_staff(user):
            return self
        return self.filter(place__in=Place.objects.led_by(user).values("pk"))


class InvitationList(models.Model):
    """The people one place wants invited to one meeting. Its leads draw it up, and sign it off."""

    class State(models.TextChoices):
        OPEN = "open", "being drawn up"
        SIGNED_OFF = "signed_off", "signed off"

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="lists")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="lists")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    due_on = models.DateField("sign off by", null=True, blank=True)
    signed_off_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    chased_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationListQuerySet.as_manager()

    class Meta:
        ordering = ["place__name"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "place"], name="one_list_for_each_place"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(signed_off_at__isnull=False), name="sign_off_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: invitation list for {self.meeting}"


class ListTarget(models.Model):
    """The share of a list that should come from a sector, in whole per cent."""

    list = models.ForeignKey(InvitationList, models.CASCADE, related_name="targets")
    sector = models.CharField(max_length=10, choices=Sector)
    percent = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "sector"], name="one_target_for_each_sector"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="target_at_most_100"),
        ]


class ListEntryQuerySet(models.QuerySet["ListEntry"]):
    def by_person(self):
        """Each address once, with on how many `lists` it is."""
        return self.order_by().values("email").annotate(lists=models.Count("list"))

    def named_like(self, words: str):
        """Entries in which each word is in the name, the organisation, the role or the address."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(name__icontains=word)
                | Q(organisation__icontains=word)
                | Q(role__icontains=word)
                | Q(email__icontains=word)
            )
        return found


class ListEntry(models.Model):
    """A person on a list. The email address says who it is: one person on several lists gets one invitation."""

    also_on: list[str]  # all four as list_people.describe gives them
    also_as: list[str]
    status: "tuple[str, str] | None"
    added_later: bool

    class Source(models.TextChoices):
        HAND = "hand", "added by hand"
        DIRECTORY = "directory", "from the directory"
        LAST_TIME = "last_time", "from last time"
        IMPORT = "import", "from a file"

    list = models.ForeignKey(InvitationList, models.CASCADE, related_name="entries")
    email = models.EmailField()
    name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200, blank=True)
    partner = models.ForeignKey("partners.Partner", models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField("kind of organisation", max_length=20, choices=Partner.Kind, blank=True)
    role = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=10, choices=Source, default=Source.HAND)
    added_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    revision = models.PositiveIntegerField("times edited", default=0)

    objects = ListEntryQuerySet.as_manager()

    class Meta:
        ordering = ["name", "email"]
        indexes = [models.Index(fields=["email"], name="list_entry_email")]
        constraints = [
            models.UniqueConstraint(fields=["list", "email"], name="person_once_for_each_list"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="list_entry_email_is_lower_case"),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    @property
    def audit_label(self) -> str:
        """What the audit log calls it: no name of a person, since that is deleted long before the entry is."""
        return f"List entry {self.pk}: {self.list.meeting}"

    @property
    def sector(self) -> str:
        """The sector of the entry's kind of organisation; empty when the kind is not known."""
        return Partner.SECTORS.get(Partner.Kind(self.kind), Sector.OTHER) if self.kind else ""
