from partnership.decision_links import Link, find


@find
def schemes(decisions, user):
    for decision in decisions:
        if "fund" in decision.result:
            yield decision, Link("The shared fund", "/funds/1/", "approved by it")
