import factory
from allauth.mfa.models import Authenticator

from partnership.accounts.models import User
from tests.factories.counters import CountingFactory


class UserFactory(CountingFactory):
    """Somebody who can do what they may: with the second factor that staff and chairs need, unless told otherwise."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")

    @factory.post_generation
    def second_factor(self, create, wanted, **_):
        if create and wanted is not False:
            Authenticator.objects.create(user=self, type=Authenticator.Type.TOTP, data={})


class StaffFactory(UserFactory):
    is_staff = True
