from partnership.decision_links import Link, find_of_item


@find_of_item
def schemes(items, user):
    for item in items:
        if "fund" in item.result:
            yield item, Link("The shared fund", "/funds/1/", "approved by it")
