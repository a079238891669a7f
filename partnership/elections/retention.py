"""What this app holds about people, and until when."""

from partnership import retention

retention.personal(
    "elections.Nomination",
    what="who stands in an election, with their statement",
    fields=("candidate", "nominated_by", "seconder", "statement", "withdrawn_because"),
    seen_by="everybody, once they stand",
    until="kept with the election",
)
retention.personal(
    "elections.VoterChange",
    what="who asked to change the person who votes for an organisation",
    fields=("person", "asked_by"),
    seen_by="staff, the voter and the organisation’s officers",
    until="deleted when staff decide, else kept with the election",
)
retention.personal(
    "elections.Voter",
    what="who casts an organisation’s vote",
    fields=("person",),
    seen_by="staff: who casts an organisation’s vote and that it has voted, never what was voted",
    until="kept with the election",
)
