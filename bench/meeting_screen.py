"""Seconds from a choice on one phone to the second phone, at a meeting with 30 seats and 12 items; what each request takes."""

import json
import random
import time

from bench import portal
from bench.table import Row

CHOICES = 15
SEATS, ITEMS = 30, 12  # as in meeting_under_way
PAGE = "/meetings/bench-under-way/record/"
CHROMIUM = "/usr/bin/chromium"
LOOKS = 2.0  # seconds between two looks of the screen, as in static/js/record.js


def measure(site: portal.Site) -> list[Row]:
    """Two browsers look at one meeting; the limit is half the pause between two looks, which nobody can be quicker than."""
    site.fill("--hundredth")
    said = json.loads(
        site.manage("shell", "-v", "0", "-c", "from bench import meeting_under_way; meeting_under_way.measure()")
    )
    site.start_web(first_page="/meetings/")
    try:
        waits = _choices(site, said["sessions"])
        return [
            Row(
                f"from a choice to the second phone, {SEATS} seats",
                "s",
                waits,
                LOOKS / 2,
                "half the pause between looks",
                aim="≤ 3",
            ),
            Row(f"screen drawn, {SEATS} seats, {ITEMS} items", "ms", said["screen"], aim="≤ 300"),
            Row("one entry taken", "ms", said["entry"], aim="≤ 100"),
            Row("nothing new to show", "ms", said["nothing"], aim="≤ 20"),
        ]
    finally:
        site.stop("web")


def _choices(site: portal.Site, sessions: list[str]) -> list[float]:
    from playwright.sync_api import sync_playwright  # of the tests: only this measurement looks at pages

    waits = []
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        pages = []
        for session in sessions:
            context = browser.new_context(viewport={"width": 360, "height": 740})
            context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
            pages.append(context.new_page())
            pages[-1].goto(f"{site.url}{PAGE}")
        one, two = pages
        for number in range(CHOICES):
            time.sleep(random.uniform(0.5, LOOKS))  # so that they fall anywhere between two looks
            one.locator("#attendance").evaluate("each => each.open = true")
            buttons = one.locator("#attendance form.record-choices").nth(number)
            began = time.perf_counter()
            buttons.get_by_role("button", name="In the room").click()
            two.locator(".record-bar").get_by_text(f"{number + 1} here").wait_for()
            waits.append(time.perf_counter() - began)
        browser.close()
    return waits
