import rules
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Coalesce, Lower, NullIf

from partnership.page_cache.triggers import renew_pages


class UserQuerySet(models.QuerySet["User"]):
    def staff(self):
        """People who work for the partnership."""
        return self.filter(is_staff=True, is_active=True)

    def visible_to(self, user):
        """Staff may look anybody up, to help them sign in; nobody else sees accounts."""
        return self if rules.has_perm("accounts.see_people", user) else self.none()

    def named_like(self, words: str):
        """Whose name or address holds every word given."""
        found = self
        for word in words.split():
            found = found.filter(models.Q(name__icontains=word) | models.Q(email__icontains=word))
        return found


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # as Django documents it
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """A person who can sign in. Without a password they sign in by a code sent to the address."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_staff(self, email: str, password: str | None = None, **fields) -> "User":
        """Somebody who works for the partnership."""
        return self.create_user(email, password, is_staff=True, **fields)

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_staff(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str) -> "User":
        return self.get(email=username.strip().lower())


def shown_name(person: str) -> Coalesce:
    """The name of a row's person as `str` gives it, for queries that read no whole `User`; None where there is none."""
    return Coalesce(NullIf(f"{person}__name", models.Value("")), f"{person}__email")


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What they may do follows from what they hold: a seat, a place, a membership."""

    email = models.EmailField("email address", unique=True)
    name = models.CharField(max_length=200, blank=True)
    is_staff = models.BooleanField("works for the partnership", default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "email"]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
        ]
        triggers = renew_pages("name", "email", "is_active")

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def role(self) -> str:
        """What they are to the partnership, in a word; nothing for most people."""
        return "staff" if self.is_staff else ""

    @property
    def audit_label(self) -> str:
        """What the audit log calls them: the name of staff, the number of anybody else."""
        return str(self) if self.role else f"Person {self.pk}"
