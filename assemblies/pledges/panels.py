"""Where pledges and asks show themselves: the next assembly, places, partners, home."""

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest

from assemblies.meetings.models import Meeting
from assemblies.pledges.models import Ask, Pledge
from assemblies.pledges.models.pledge import MEETING
from partnership import panels
from partnership.page_cache.memo import cached_until_changed
from partnership.panels import Panel
from partnership.partners.models import Partner
from partnership.partners.rules import memberships_of
from places.footprint.models import Place
from places.footprint.rules import is_place_lead

SHOWN = 5
BEFORE = {
    f"{MEETING}__kind": Meeting.Kind.ASSEMBLY,
    f"{MEETING}__board": OuterRef("board"),
    f"{MEETING}__starts_at__lt": OuterRef("starts_at"),
}
panels.ask_first(
    "meeting", has_earlier_promises=Exists(Pledge.objects.filter(**BEFORE)) | Exists(Ask.objects.filter(**BEFORE))
)


@panels.on("meeting.top")
def what_happened_next(meeting: Meeting, request: HttpRequest) -> Panel | None:
    """The next assembly of the same board opens with what people promised and asked at the one before."""
    if meeting.kind != Meeting.Kind.ASSEMBLY or not panels.may_have(meeting, "has_earlier_promises"):
        return None
    earlier = (
        Meeting.objects.visible_to(request.user)
        .published()
        .filter(
            kind=Meeting.Kind.ASSEMBLY,
            board=meeting.board_id,
            starts_at__lt=meeting.starts_at,
            exit_questions__answers__isnull=False,
        )
    )
    before = earlier.order_by("-starts_at").first()
    if before is None:
        return None
    pledges = list(Pledge.objects.of_meeting(before).with_facts().newest_first())
    asks = list(Ask.objects.of_meeting(before).with_facts().newest_first())
    if not pledges and not asks:
        return None
    kept = [each for each in pledges if each.state == Pledge.State.KEPT]
    answered = [each for each in asks if each.state in Ask.ANSWERED]
    found = {
        "before": before,
        "pledges_number": len(pledges),
        "kept": len(kept),
        "under_way": sum(each.state == Pledge.State.UNDER_WAY for each in pledges),
        "asks_number": len(asks),
        "answered": len(answered),
        "pledges": kept[:SHOWN],
        "asks": [each for each in answered if each.state != Ask.State.DECLINED][:SHOWN],
    }
    return Panel("pledges/_next.html", found)


def _shown_on() -> tuple[set[int], set[int]]:
    """The places and the partners that have a pledge or an ask: most pages of them have nothing to ask for."""
    pledges = Pledge.objects.values_list("answer__place", "of_partner")
    asks = Ask.objects.values_list("answer__place", "partner", "of_partner")
    rows = [*pledges.order_by().distinct(), *asks.order_by().distinct()]
    return {place for place, *_ in rows if place}, {each for _, *partners in rows for each in partners if each}


@panels.on("place.main")
def of_place(place: Place, request: HttpRequest) -> Panel | None:
    """What people will do for the place, and what it needs."""
    if place.pk not in cached_until_changed("places and partners with pledges", _shown_on)[0]:
        return None
    pledges = list(Pledge.objects.visible_to(request.user).at_place(place).with_facts().newest_first()[: SHOWN + 1])
    asks = list(Ask.objects.visible_to(request.user).at_place(place).with_facts().newest_first()[: SHOWN + 1])
    if not pledges and not asks:
        return None
    more = len(pledges) > SHOWN or len(asks) > SHOWN
    return Panel("pledges/_on_place.html", {"pledges": pledges[:SHOWN], "asks": asks[:SHOWN], "more": more})


@panels.on("partner.main")
def of_partner(partner: Partner, request: HttpRequest) -> Panel | None:
    """How many pledges and asks there are."""
    if partner.pk not in cached_until_changed("places and partners with pledges", _shown_on)[1]:
        return None
    pledges = Pledge.objects.visible_to(request.user).of_partner(partner).count()
    found = (
        Ask.objects.visible_to(request.user)
        .of_partner(partner)
        .aggregate(asks=Count("pk"), waiting=Count("pk", filter=Q(state=Ask.State.ASKED)))
    )
    if not pledges and not found["asks"]:
        return None
    return Panel("pledges/_on_partner.html", {"pledges_number": pledges, **found})


@panels.on("home.main")
def own(user, request: HttpRequest) -> Panel | None:
    """Where a person finds their own pledges, what their organisations were asked, and what was said of the places they lead."""
    mine = list(Pledge.objects.of_person(user).open().with_facts().order_by("review_on", "pk")[:SHOWN])
    partners = [each.partner for each in memberships_of(user) if each.is_accepted]
    told = cached_until_changed("places and partners with pledges", _shown_on)[0]
    led = Place.objects.led_by(user).filter(pk__in=told).order_by("name") if told and is_place_lead(user) else ()
    if not mine and not partners and not led:
        return None
    return Panel("pledges/_home.html", {"mine": mine, "partners": partners, "led": led})
