"""Who answers an ask, and who sends it to a partner."""

import rules

from assemblies.pledges.models import Ask
from partnership.accounts.rules import is_partnership_staff


@rules.predicate
def answers(user, ask) -> bool:
    """Whoever belongs to the partner that is asked, as staff have accepted."""
    return ask is not None and user.is_authenticated and Ask.objects.answerable_by(user).filter(pk=ask.pk).exists()


rules.add_perm("pledges.answer", answers)
rules.add_perm("pledges.send", is_partnership_staff)
