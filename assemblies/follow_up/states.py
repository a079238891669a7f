"""What may follow what, and who moves it on: an action somebody took on."""

from assemblies.follow_up.models import FollowUp
from partnership.states import Owner

S = FollowUp.State

TRANSITIONS = {FollowUp: {S.OPEN: {S.DONE, S.DROPPED}, S.DONE: {S.OPEN}, S.DROPPED: {S.OPEN}}}
STARTS = {FollowUp: {S.OPEN}}
OWNERS = {FollowUp: {S.OPEN: Owner.PERSON, S.DONE: Owner.CHAIR, S.DROPPED: Owner.CHAIR}}
