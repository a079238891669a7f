from datetime import date, timedelta

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils import timezone

from partnership.accounts.rules import is_partnership_staff
from partnership.page_cache.triggers import renew_pages
from partnership.partners import full_text
from places.footprint.models.place import gss_code

ods_code = RegexValidator(r"^[A-Z0-9]{3,6}$", "Enter an ODS code of 3 to 6 capital letters and numbers, like RV5")
charity_number = RegexValidator(
    r"^(\d{6,7}|SC\d{6}|NIC\d{6})$",
    "Enter a charity number: six or seven numbers, or SC or NIC and six numbers",
)
company_number = RegexValidator(
    r"^([A-Z]{2}|\d{2})\d{6}$", "Enter a company number: eight numbers, or two letters and six numbers"
)

phone_number = RegexValidator(r"^\+?[0-9()\s.-]{6,}(\s?(ext|x)\.?\s?\d+)?$", "Enter a phone number, like 0151 496 0000")


class Sector(models.TextChoices):
    NHS = "nhs", "NHS"
    COUNCIL = "council", "Councils"
    VCFSE = "vcfse", "Voluntary, community, faith and social enterprise"
    OTHER = "other", "Other partners"


class PartnerQuerySet(models.QuerySet["Partner"]):
    def public(self):
        """Partners shown in the directory: accepted, and not closed."""
        return self.filter(state=Partner.State.LISTED)

    def named(self, name: str):
        """The listed partner of this name, in capitals or not; None where there is none."""
        return self.public().filter(name__iexact=name).first()

    def current(self):
        """Partners there are today, proposed ones among them: neither closed nor merged into another."""
        return self.exclude(state__in=[Partner.State.CLOSED, Partner.State.MERGED])

    def visible_to(self, user):
        """Pages a person may open. Staff: every partner's; others what is listed or was, and what they themselves
        proposed or belong to. One merged into another has no page of its own."""
        found = self.exclude(state=Partner.State.MERGED)
        if is_partnership_staff(user):
            return found
        shown = Q(state__in=[Partner.State.LISTED, Partner.State.CLOSED])
        if not user.is_authenticated:
            return found.filter(shown)
        return found.filter(shown | Q(added_by=user) | Q(pk__in=user.memberships.live().values("partner")))

    def that_took_over(self, slug: str):
        """The partner that the one at this old address was merged into, by now; None where there is none here."""
        old = Partner.objects.filter(slug=slug, state=Partner.State.MERGED).select_related("merged_into").first()
        while old is not None and old.state == Partner.State.MERGED:
            old = old.merged_into
        return self.filter(pk=old.pk).first() if old else None

    def editable_by(self, user):
        """Partners whose page the person keeps: staff all of them, officers those they are officer of."""
        if is_partnership_staff(user):
            return self.exclude(state=Partner.State.MERGED)
        return self.current().filter(pk__in=user.memberships.officers().values("partner"))

    def without_contact(self):
        """Listed partners with nobody to write to: no contact person, and no officer."""
        from partnership.partners.models.contact import Contact  # it points here
        from partnership.partners.models.membership import Membership  # it points here

        return self.public().exclude(
            Exists(Contact.objects.filter(partner=OuterRef("pk")))
            | Exists(Membership.objects.officers().filter(partner=OuterRef("pk")))
        )

    def due_for_check(self, today: date, last_asked: date):
        """Listed partners last checked, or added, a year ago or more, and not asked since after `last_asked`."""
        year_ago = _months_ago(12, today)
        return self.public().filter(
            Q(checked_on__lte=year_ago) | Q(checked_on__isnull=True, added_at__date__lte=year_ago),
            Q(asked_on__isnull=True) | Q(asked_on__lte=last_asked),
        )

    def holding(self, words: str, weight: str = full_text.ANYWHERE):
        """Partners whose name, summary or neighbourhoods hold every word, or the beginning of one."""
        condition = full_text.matches(words, weight)
        return self if condition is None else self.filter(condition)

    def named_like(self, words: str):
        """Partners whose name holds every word given."""
        found = self
        for word in words.split():
            found = found.filter(name__icontains=word)
        return found


class Partner(models.Model):
    """An organisation that takes part: an NHS body, a council, a charity, an unregistered group."""

    class Kind(models.TextChoices):
        NHS_TRUST = "nhs_trust", "NHS trust"
        ICB = "icb", "Integrated care board"
        SUB_ICB = "sub_icb", "Sub-ICB location or former CCG"
        COUNCIL = "council", "Council"
        GP_FEDERATION = "gp_federation", "GP federation"
        PCN = "pcn", "Primary care network"
        HEALTHWATCH = "healthwatch", "Healthwatch"
        VCFSE = "vcfse", "Voluntary, community, faith or social enterprise"
        CARE_PROVIDER = "care_provider", "Care provider"
        HOUSING = "housing", "Housing association"
        EDUCATION = "education", "Education"
        BUSINESS = "business", "Business"
        OTHER = "other", "Other"

    class State(models.TextChoices):
        PROPOSED = "proposed", "waiting to be accepted"
        LISTED = "listed", "listed"
        CLOSED = "closed", "closed"
        MERGED = "merged", "merged into another"

    class IncomeBand(models.TextChoices):
        MICRO = "micro", "Micro (under £10,000)"
        SMALL = "small", "Small (under £100,000)"
        MEDIUM = "medium", "Medium (under £1 million)"
        LARGE = "large", "Large (under £10 million)"
        MAJOR = "major", "Major (under £100 million)"
        SUPER_MAJOR = "super_major", "Super-major (£100 million or more)"

    SECTORS: dict[str, Sector] = {
        Kind.NHS_TRUST: Sector.NHS, Kind.ICB: Sector.NHS, Kind.SUB_ICB: Sector.NHS, Kind.GP_FEDERATION: Sector.NHS,
        Kind.PCN: Sector.NHS, Kind.COUNCIL: Sector.COUNCIL, Kind.VCFSE: Sector.VCFSE, Kind.HEALTHWATCH: Sector.OTHER,
    }  # fmt: skip

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.LISTED)
    summary = models.TextField("what it does", blank=True)
    website = models.URLField(blank=True)
    ods_code = models.CharField("ODS code", max_length=6, blank=True, validators=[ods_code])
    gss_code = models.CharField("GSS code", max_length=9, blank=True, validators=[gss_code])
    charity_number = models.CharField(max_length=9, blank=True, validators=[charity_number])
    company_number = models.CharField(max_length=8, blank=True, validators=[company_number])
    income_band = models.CharField(max_length=12, choices=IncomeBand, blank=True)
    groups = models.ManyToManyField("partners.PeopleGroup", related_name="partners", blank=True)
    places = models.ManyToManyField("places.Place", through="partners.PlacePartner", related_name="partners")
    neighbourhoods = models.CharField(max_length=500, blank=True)
    email = models.EmailField("general email address", blank=True)
    phone = models.CharField("general phone number", max_length=40, blank=True, validators=[phone_number])
    address = models.TextField("postal address", max_length=300, blank=True)
    # What the organisation agreed to publish. The rest of this row is about an organisation, and public.
    email_is_public = models.BooleanField(default=False)
    phone_is_public = models.BooleanField(default=False)
    address_is_public = models.BooleanField(default=False)
    checked_on = models.DateField("last checked by the organisation", null=True, blank=True)
    asked_on = models.DateField("last asked whether it is still right", null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.TextField(max_length=1000, blank=True)
    successor = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="came_from")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")
    revision = models.PositiveIntegerField("times edited", default=0)
    illustrative = models.BooleanField("invented for a demonstration", default=False)
    added_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [
            models.Index(Upper("name"), name="partner_by_name_in_capitals"),
            models.Index(fields=["name"], include=["id"], condition=Q(state="listed"), name="listed_partner_by_name"),
        ]
        constraints = [
            models.UniqueConstraint(fields=[code], condition=~Q(**{code: ""}), name=f"partner_{code}_is_unique")
            for code in ("ods_code", "charity_number", "company_number")
        ] + [
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_on__isnull=False), name="partner_closed_has_day"
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="partner_merged_says_where",
            ),
        ]
        triggers = renew_pages()

    def __str__(self) -> str:
        return self.name

    @property
    def is_listed(self) -> bool:
        """Shown in the directory."""
        return self.state == Partner.State.LISTED

    @property
    def sector(self) -> Sector:
        """The sector the kind belongs to, for the balance of an invitation list."""
        return self.SECTORS.get(self.Kind(self.kind), Sector.OTHER)

    @property
    def is_stale(self) -> bool:
        """Whether nobody of the organisation has said within 13 months that its page is right."""
        last = self.checked_on or timezone.localdate(self.added_at)
        return self.state == self.State.LISTED and last < _months_ago(13)

    def get_absolute_url(self) -> str:
        return reverse("partner", args=[self.slug])


def _months_ago(months: int, today: date | None = None) -> date:
    today = today or timezone.localdate()
    years, month = divmod(today.month - 1 - months, 12)
    first = date(today.year + years, month + 1, 1)
    return first + timedelta(days=min(today.day, 28) - 1)
