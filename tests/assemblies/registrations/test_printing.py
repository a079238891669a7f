"""Badges and attendance sheets print every name, whatever it is written in."""

import pytest
from django.urls import reverse

from tests import pdfs
from tests.factories import MeetingTodayFactory, RegistrationFactory, StaffFactory

pytestmark = pytest.mark.django_db
SHEETS = ["manage_badges", "manage_attendance_sheet"]
NAMES = {
    "Chinese": ("王小明", "NotoSansSC"),
    "Chinese, traditional": ("陳大文", "NotoSansSC"),
    "Japanese": ("さとう ハナコ", "NotoSansSC"),
    "Korean": ("김철수", "NotoSansKR"),
    "Thai": ("สมชาย", "NotoSansThai"),
    "Bengali": ("আব্দুল রহিম", "NotoSansBengali"),
    "Punjabi": ("ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ", "NotoSansGurmukhi"),
    "Gujarati": ("અમિત પટેલ", "NotoSansGujarati"),
    "Hindi": ("प्रिया शर्मा", "NotoSans"),
    "Tamil": ("தமிழ்ச்செல்வி", "NotoSansTamil"),
    "Telugu": ("తెలుగు", "NotoSansTelugu"),
    "Kannada": ("ಕನ್ನಡ", "NotoSansKannada"),
    "Malayalam": ("മലയാളം", "NotoSansMalayalam"),
    "Sinhala": ("සිංහල", "NotoSansSinhala"),
    "Sinhala, joined": ("ශ්‍රී", "NotoSansSinhala"),
    "Odia": ("ଓଡ଼ିଆ", "NotoSansOriya"),
    "Arabic": ("محمد علي", "NotoSansArabic"),
    "Urdu": ("فاطمہ خان", "NotoSansArabic"),
    "Hebrew": ("דוד כהן", "NotoSansHebrew"),
    "Syriac": ("ܣܘܪܝܝܐ", "NotoSansSyriac"),
    "Dhivehi": ("ދިވެހި", "NotoSansThaana"),
    "Amharic": ("አበበ", "NotoSansEthiopic"),
    "Armenian": ("Արմեն", "NotoSansArmenian"),
    "Georgian": ("გიორგი", "NotoSansGeorgian"),
    "Khmer": ("សុខា", "NotoSansKhmer"),
    "Lao": ("ສົມສີ", "NotoSansLao"),
    "Burmese": ("အောင်ဆန်း", "NotoSansMyanmar"),
    "Tibetan": ("བསྟན་འཛིན", "NotoSerifTibetan"),
    "Greek": ("Ελένη", "NotoSans"),
    "Ukrainian": ("Їжакевич", "NotoSans"),
    "Vietnamese": ("Nguyễn Thị Hương", "NotoSans"),
    "Cherokee": ("ᏣᎳᎩ", "NotoSansCherokee"),
    "emoji": ("Ann 😀", "NotoEmoji"),
    "joined emoji": ("Ann 👩🏽‍⚕️", "NotoEmoji"),
}


def sheet(client, page, names, **facts):
    meeting = MeetingTodayFactory(**facts)
    for name in names:
        RegistrationFactory(meeting=meeting, name=name, organisation=name, attendance="in_person")
    client.force_login(StaffFactory())
    return client.get(reverse(page, args=[meeting.slug])).content


@pytest.mark.parametrize("page", SHEETS)
@pytest.mark.parametrize(("name", "font"), NAMES.values(), ids=NAMES)
def test_sheet_prints_a_name_in_its_script(client, page, name, font):
    content = sheet(client, page, [name])
    assert font in pdfs.fonts_of(content)
    assert pdfs.letters(name) <= pdfs.letters(pdfs.text_of(content))
    assert not pdfs.empty_boxes(content)
    assert pdfs.meant_for_every_reader(content)


def test_badge_sheet_prints_every_script_beside_the_others(client):
    content = sheet(client, "manage_badges", [name for name, _ in NAMES.values()], title="会议 اجتماع")
    assert {font for _, font in NAMES.values()} <= pdfs.fonts_of(content)
    assert not pdfs.empty_boxes(content)


@pytest.mark.parametrize("joined", ["👩🏽‍⚕️", "👨‍👩‍👧"])
def test_joined_emoji_are_printed_as_one(client, joined):
    apart = sheet(client, "manage_badges", [joined.replace("\u200d", "")])
    assert pdfs.glyphs(sheet(client, "manage_badges", [joined])) < pdfs.glyphs(apart)


@pytest.mark.parametrize("name", ["Hubert " + "Wolfe" * 20, "W" * 200, "王小明" * 60, "สมชาย" * 30, "Ann " * 50])
@pytest.mark.parametrize("page", SHEETS)
def test_long_name_is_printed_in_lines_that_fit(client, page, name):
    content = sheet(client, page, [name])
    lines = pdfs.text_of(content).splitlines()
    assert "".join(lines).replace(" ", "").count(name.replace(" ", "")) == 2  # as organisation too
    assert max(map(len, lines)) < 75
