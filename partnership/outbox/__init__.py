"""Every mail the portal sends: a row with a unique key, delivered by a worker, swept when a nudge is lost."""
