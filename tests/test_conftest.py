"""The fixtures other tests rely on are real, and can refuse."""

import smtplib

import pytest
from django.core.mail import send_mail
from playwright.sync_api import expect


def test_smtp_takes_and_refuses_mail(smtp):
    send_mail("Hello", "See http://example.org/a", "from@example.org", ["ann@example.org"])
    assert smtp.to("ann@example.org")[0].links == ["http://example.org/a"]
    smtp.refuse("gone@")
    with pytest.raises(smtplib.SMTPRecipientsRefused, match="No such person"):
        send_mail("Hello", "…", "from@example.org", ["gone@example.org"])


def test_worker_is_real(start_worker, broker):
    worker = start_worker(concurrency=1)
    assert worker.poll() is None
    assert broker.get("portal:worker") == b"1"


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_passes_the_inbox(open_browser, axe, width):
    page = open_browser(width=width)
    page.goto("/inbox/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Inbox")
    axe(page)


def test_axe_fails_a_faulty_page(page, axe):
    page.goto("/inbox/")
    page.evaluate("document.querySelector('main').innerHTML = '<img src=x>'")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_axe_names_every_fault_of_a_page(page, axe):
    page.goto("/inbox/")
    page.evaluate(
        """document.querySelector("main").innerHTML =
        "<img src=x><img src=y><input type=text><p id=pale>Hard to read</p>";
        document.querySelector("#pale").style.color = "#ccc" """
    )
    with pytest.raises(AssertionError) as told:
        axe(page)
    wrong = ('image-alt: <img src="x"', 'image-alt: <img src="y"', "label: <input", 'color-contrast: <p id="pale"')
    assert [each for each in wrong if each not in str(told.value)] == []
