from partnership.elections.models.ballot import Ballot, BallotBox
from partnership.elections.models.election import Election
from partnership.elections.models.extension import Extension
from partnership.elections.models.nomination import Nomination
from partnership.elections.models.voter import Voter, VoterChange

__all__ = ["Ballot", "BallotBox", "Election", "Extension", "Nomination", "Voter", "VoterChange"]
