import factory
from django.utils import timezone

from partnership.partners.models import Contact, Membership, Partner
from tests.factories.accounts import UserFactory
from tests.factories.counters import CountingFactory


class PartnerFactory(CountingFactory):
    class Meta:
        model = Partner

    name = factory.Sequence(lambda n: f"Partner {n}")
    slug = factory.Sequence(lambda n: f"partner-{n}")
    kind = Partner.Kind.VCFSE
    state = Partner.State.LISTED
    closed_on = factory.LazyAttribute(lambda row: timezone.localdate() if row.state == "closed" else None)


class ContactFactory(CountingFactory):
    class Meta:
        model = Contact

    partner = factory.SubFactory(PartnerFactory)
    name = factory.Sequence(lambda n: f"Contact {n}")
    role = "Chief officer"
    email = factory.Sequence(lambda n: f"contact{n}@example.org")


class MembershipFactory(CountingFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    partner = factory.SubFactory(PartnerFactory)
    state = Membership.State.ACCEPTED
    decided_at = factory.LazyFunction(timezone.now)
