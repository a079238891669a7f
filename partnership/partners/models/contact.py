from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from partnership.page_cache.triggers import renew_pages


class ContactQuerySet(models.QuerySet["Contact"]):
    def public(self):
        """People who agreed to be shown."""
        return self.filter(agreed_on__isnull=False)

    def of_person(self, user):
        """The person as a contact, by account or by address, whatever the organisation."""
        return self.filter(Q(user=user) | Q(email=user.email))


class Contact(models.Model):
    """Somebody to contact at a partner, and in what role. They need no account; one person may serve two partners."""

    partner = models.ForeignKey("partners.Partner", models.CASCADE, related_name="contacts")
    user = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="contact_for")
    name = models.CharField(max_length=200)
    role = models.CharField("role there", max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    agreed_on = models.DateField("agreed to be shown in public", null=True, blank=True)
    revision = models.PositiveIntegerField("times edited", default=0)
    added_at = models.DateTimeField(auto_now_add=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "email"], condition=~Q(email=""), name="contact_once_for_each_partner"
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="contact_email_is_lower_case"),
        ]
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"

    @property
    def audit_label(self) -> str:
        """A private person: the audit log names the organisation."""
        return f"a contact of {self.partner}"
