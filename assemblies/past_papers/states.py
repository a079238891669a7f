"""What may follow what, and who moves it on: an import of old papers, a withdrawal. That an import was undone is a fact beside
its state."""

from assemblies.papers import states as of_papers
from assemblies.papers.models import Withdrawal
from assemblies.past_papers.models import PaperImport, PastPaperWithdrawal
from partnership.states import Owner

P = PaperImport.State

TRANSITIONS = {
    PaperImport: {P.PREVIEW: {P.CONFIRMED, P.DISCARDED}, P.CONFIRMED: set(), P.DISCARDED: set()},
    PastPaperWithdrawal: of_papers.TRANSITIONS[Withdrawal],
}
STARTS = {PaperImport: {P.PREVIEW}, PastPaperWithdrawal: of_papers.STARTS[Withdrawal]}
OWNERS = {
    PaperImport: {P.PREVIEW: Owner.STAFF, P.CONFIRMED: Owner.NOBODY, P.DISCARDED: Owner.NOBODY},
    PastPaperWithdrawal: of_papers.OWNERS[Withdrawal],
}
