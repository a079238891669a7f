from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

ods_code = RegexValidator(r"^[A-Z0-9]{3,6}$", "Enter an ODS code of 3 to 6 capital letters and numbers, like RV5")
gss_code = RegexValidator(r"^[EWSN]\d{8}$", "Enter a GSS code: E, W, S or N and eight numbers, like E09000028")
charity_number = RegexValidator(
    r"^(\d{6,7}|SC\d{6}|NIC\d{6})$",
    "Enter a charity number: six or seven numbers, or SC or NIC and six numbers",
)
company_number = RegexValidator(
    r"^([A-Z]{2}|\d{2})\d{6}$", "Enter a company number: eight numbers, or two letters and six numbers"
)


class Sector(models.TextChoices):
    NHS = "nhs", "NHS"
    COUNCIL = "council", "Councils"
    VCFSE = "vcfse", "Voluntary, community, faith and social enterprise"
    OTHER = "other", "Other partners"


class PartnerQuerySet(models.QuerySet["Partner"]):
    def public(self):
        """Partners shown in the directory: accepted, and not closed."""
        return self.filter(state=Partner.State.LISTED)

    def visible_to(self, user):
        """Staff see every partner; others what is public, and what they themselves proposed or belong to."""
        if user.is_authenticated and user.is_staff:
            return self
        if not user.is_authenticated:
            return self.public()
        own = Q(added_by=user) | Q(pk__in=user.memberships.live().values("partner"))
        return self.filter(Q(state=Partner.State.LISTED) | own)

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

    class IncomeBand(models.TextChoices):
        MICRO = "micro", "Micro (under £10,000)"
        SMALL = "small", "Small (under £100,000)"
        MEDIUM = "medium", "Medium (under £1 million)"
        LARGE = "large", "Large (under £10 million)"
        MAJOR = "major", "Major (under £100 million)"
        SUPER_MAJOR = "super_major", "Super-major (£100 million or more)"

    SECTORS = {
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
    illustrative = models.BooleanField("invented for a demonstration", default=False)
    added_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(Upper("name"), name="partner_by_name_in_capitals")]
        constraints = [
            models.UniqueConstraint(fields=[code], condition=~Q(**{code: ""}), name=f"partner_{code}_is_unique")
            for code in ("ods_code", "charity_number", "company_number")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def sector(self) -> Sector:
        """The sector the kind belongs to, for the balance of an invitation list."""
        return self.SECTORS.get(self.Kind(self.kind), Sector.OTHER)

    def get_absolute_url(self) -> str:
        return f"/partners/{self.slug}/"
