"""What may follow what, and who moves it on: an import of old papers. That one was undone is a fact beside its state."""

from assemblies.past_papers.models import PaperImport
from partnership.states import Owner

P = PaperImport.State

TRANSITIONS = {PaperImport: {P.PREVIEW: {P.CONFIRMED, P.DISCARDED}, P.CONFIRMED: set(), P.DISCARDED: set()}}
STARTS = {PaperImport: {P.PREVIEW}}
OWNERS = {PaperImport: {P.PREVIEW: Owner.STAFF, P.CONFIRMED: Owner.NOBODY, P.DISCARDED: Owner.NOBODY}}
