"""Words typed into the directory's search, as a query PostgreSQL can answer from an index."""

import re

from django.db import models
from django.db.models.expressions import RawSQL

MOST_WORDS = 12
ANYWHERE, NEIGHBOURHOODS = "", "C"


def matches(words: str, weight: str = ANYWHERE) -> RawSQL | None:
    """Returns the condition that a partner holds every word, or its beginning; None where nothing was typed.

    "carers" finds "carer" and "caring for carers"; "hal" finds Halton. Letters and numbers alone reach the database.
    """
    typed = re.findall(r"[^\W_]+", re.sub("['’]", "", words))[:MOST_WORDS]
    if not typed:
        return None
    question, given = [], []
    for word in typed:
        question.append("(to_tsquery('simple', %s) || to_tsquery('english', %s))")
        given += [f"{word}:*{weight}", f"{word}:{weight}" if weight else word]
    sql = f'"partners_partner"."words" @@ ({" && ".join(question)})'
    return RawSQL(sql, given, output_field=models.BooleanField())  # noqa: S611 - no word typed is in the text
