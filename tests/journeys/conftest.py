"""What the journeys share: a signed-in browser, a look at a page with all that a page must have, and mail delivered."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from assemblies.voice.actions import member_run
from partnership.outbox.actions import deliver
from tests.signed_in import sign_in

# What axe cannot know. Controls in a sentence may be as high as its line: WCAG 2.2, 2.5.8 (inline).
FAULTS = """() => {
  const found = [], all = (selector) => [...document.querySelectorAll(selector)];
  const sideways = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (sideways > 0) found.push(`${sideways} px wider than the window`);
  if (/\\{[{%]/.test(document.documentElement.outerHTML)) found.push("the page shows a template's own code");
  if (all("h1").length !== 1) found.push(`${all("h1").length} headings of the first level`);
  let level = 0;
  for (const heading of all("h1, h2, h3, h4, h5, h6").filter((each) => each.checkVisibility())) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1 && level) found.push(`heading “${heading.innerText}” skips a level`);
    level = next;
  }
  for (const form of all("form")) {
    const asks = form.querySelector("input:not([type=hidden]), textarea, select");
    if (asks && !form.noValidate) found.push(`the form to ${form.getAttribute("action")} lets the browser answer`);
  }
  for (const input of all("input:not([type=hidden]), textarea, select").filter((each) => each.checkVisibility())) {
    const named = input.labels?.length || input.ariaLabel || input.getAttribute("aria-labelledby");
    if (!named && !["submit", "button"].includes(input.type)) found.push(`${input.name} has no label`);
  }
  for (const control of all("button, summary, select, input:not([type=hidden]), .govuk-button, nav a, dd a, th a")) {
    const box = (control.closest(".govuk-pagination__item") ?? control).getBoundingClientRect(); // all of it is the link
    if (!control.checkVisibility() || control.closest(".govuk-skip-link") || box.width < 2) continue;
    const inline = control.tagName === "A" && getComputedStyle(control).display === "inline";
    if (!inline && (box.width < 24 || box.height < 24)) {
      found.push(`${control.outerHTML.slice(0, 120)} is ${Math.round(box.width)} × ${Math.round(box.height)} px`);
    }
  }
  for (const tag of all(".govuk-tag").filter((each) => each.checkVisibility())) {
    const line = parseFloat(getComputedStyle(tag).lineHeight), box = tag.getBoundingClientRect();
    if (box.height > 2 * line && tag.innerText.length < 26) found.push(`the tag “${tag.innerText}” breaks`);
  }
  return found;
}"""


@pytest.fixture
def enter(open_browser, portal) -> Callable:
    """`enter(person, width=320, script=False)` opens a browser in which the person is signed in; None for nobody."""

    def make(person, **window):
        page = open_browser(**window)
        page.told = []
        page.on(
            "console",
            lambda said: page.told.append(f"{said.text} {said.location['url']}") if said.type == "error" else None,
        )
        page.on("pageerror", lambda error: page.told.append(str(error)))
        if person:
            session = sign_in(Client(), person).cookies[settings.SESSION_COOKIE_NAME].value
            page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": portal}])
        return page

    return make


@pytest.fixture
def faults(axe) -> Callable[..., list[str]]:
    """`faults(page)` lists what is wrong with the page as it stands; keeps a picture where PICTURES names a folder."""

    def look(page, *, name: str = "", with_axe: bool = True) -> list[str]:
        page.wait_for_load_state()
        found = page.evaluate(FAULTS) + [f"the browser says: {each}" for each in getattr(page, "told", [])]
        getattr(page, "told", []).clear()
        try:
            axe(page) if with_axe else None
        except AssertionError as wrong:
            found.append(str(wrong))
        if folder := os.environ.get("PICTURES"):
            name = re.sub(r"\W+", "-", name or page.url.split("/", 3)[3])[:80]
            page.screenshot(path=Path(folder) / f"{name}@{page.viewport_size['width']}.png", full_page=True)
        return found

    return look


@pytest.fixture
def look(faults) -> Callable:
    """`look(page, title)` waits for that page, then fails with what is wrong with it. Axe needs script; the rest does not.

    The day of a meeting may follow the title, or what a page that only asks is about."""

    def seen(page, title: str, *, script: bool = True, name: str = "") -> None:
        expect(page).to_have_title(
            re.compile(rf"^{re.escape(title)}(, \w+day \d+ \w+ \d{{4}}|( – [^–]+)+)? – Partnership portal$")
        )
        found = faults(page, with_axe=script, name=name)
        assert not found, f"{page.url}\n" + "\n".join(found)

    return seen


@pytest.fixture
def post(smtp) -> Callable:
    """`post()` writes and delivers what a worker would, through the real mail server; returns what it has taken so far."""

    def out():
        member_run.resume()
        while deliver.deliver():
            pass
        return smtp.messages

    return out
