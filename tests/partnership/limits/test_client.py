"""Who is asking, past none, one or two proxies of ours, whatever the caller claims."""

import pytest
from django.test import RequestFactory

from partnership.limits import client

ANN, PROXY, NEARER = "192.0.2.7", "10.0.0.1", "10.0.0.2"


def request_from(address, forwarded=None):
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=address, **headers)


@pytest.mark.parametrize(
    ("proxies", "address", "forwarded", "found"),
    [
        (0, ANN, None, ANN),
        (0, ANN, "198.51.100.1", ANN),
        (1, PROXY, ANN, ANN),
        (1, PROXY, f"198.51.100.1, {ANN}", ANN),
        (1, PROXY, f"198.51.100.1,198.51.100.2,{ANN}", ANN),
        (2, NEARER, f"{ANN}, {PROXY}", ANN),
        (2, NEARER, f"198.51.100.1, {ANN}, {PROXY}", ANN),
        (2, NEARER, PROXY, PROXY),  # it came past the first one
        (1, ANN, None, ANN),  # it came past the proxy
        (1, ANN, "", ANN),
        (1, PROXY, "unknown", PROXY),
        (1, PROXY, f"{ANN}, _hidden", PROXY),
        (1, PROXY, f"{ANN}:51234", ANN),
        (1, PROXY, "[2001:db8::1]:51234", "2001:db8::1"),
        (1, PROXY, "2001:db8::1", "2001:db8::1"),
        (1, PROXY, f"::ffff:{ANN}", ANN),
        (1, PROXY, "fe80::1%eth0", "fe80::1"),
        (1, "", ANN, ANN),
        (0, "", ANN, ""),
    ],
)
def test_client_is_who_called_the_first_of_our_proxies(settings, proxies, address, forwarded, found):
    settings.TRUSTED_PROXIES = proxies
    assert client.address_of(request_from(address, forwarded)) == found


@pytest.mark.parametrize(
    ("address", "network"),
    [
        (ANN, ANN),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.7", ANN),
        ("", ""),
    ],
)
def test_limits_count_ipv6_by_its_first_64_bits(settings, address, network):
    settings.TRUSTED_PROXIES = 0
    assert client.network_of(request_from(address)) == network


def test_hash_of_a_network_is_the_same_for_the_same_and_no_address(settings):
    settings.TRUSTED_PROXIES = 0
    first, again, other = (client.hashed_network_of(request_from(each)) for each in ("2001:db8::1", "2001:db8::2", ANN))
    assert first == again != other
    assert len(first) == 64
    assert "2001" not in first[:4]
    settings.SECRET_KEY = "another" * 10
    assert client.hashed_network_of(request_from("2001:db8::1")) != first


def test_sign_in_counts_by_the_same_address(settings):
    from allauth.account.adapter import get_adapter
    from allauth.core.internal.ratelimit import get_ip

    settings.TRUSTED_PROXIES = 1
    request = request_from(PROXY, f"198.51.100.1, {ANN}")
    assert get_adapter(request).get_client_ip(request) == get_ip(request) == ANN
    settings.TRUSTED_PROXIES = 2  # allauth's own answer to too few entries is an error page
    assert get_ip(request_from(PROXY, ANN)) == ANN
