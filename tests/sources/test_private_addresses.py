"""Nothing in a feed can reach into the private network (promise 8)."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address

import anyio
import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed_server import FeedServer
from gatewatch.model import Document, Outcome, Source
from gatewatch.sources.addresses import forbidden
from gatewatch.sources.guarded import GuardedNetwork, Refused
from gatewatch.sources.http import Fetcher

from .polling import NOW, anywhere, article, poll

PAGE = b"<!doctype html><html><body><p>The border is closed.</p></body></html>"
REFUSED = [
    ("10.1.2.3", "private"), ("172.16.0.1", "private"), ("172.31.255.255", "private"), ("192.168.1.1", "private"),
    ("127.0.0.1", "loopback"), ("127.255.255.254", "loopback"), ("::1", "loopback"),
    ("0.0.0.0", "unspecified"), ("::", "unspecified"), ("0.1.2.3", "private"),
    ("169.254.169.254", "link-local"), ("fe80::1", "link-local"), ("fe80::1%eth0", "link-local"),
    ("100.64.0.1", "behind a carrier's NAT"), ("100.100.100.200", "behind a carrier's NAT"),
    ("100.127.255.255", "behind a carrier's NAT"),
    ("224.0.0.1", "multicast"), ("239.255.255.250", "multicast"), ("ff02::1", "multicast"), ("ff0e::1", "multicast"),
    ("255.255.255.255", "private"), ("240.0.0.1", "private"), ("198.18.0.1", "private"), ("192.0.2.1", "private"),
    ("168.63.129.16", "a cloud's own"), ("fd00:ec2::254", "private"), ("fc00::1", "private"),
    ("::ffff:127.0.0.1", "an IPv4 address in disguise"), ("::ffff:10.0.0.1", "an IPv4 address in disguise"),
    ("::ffff:93.184.215.14", "an IPv4 address in disguise"), ("::127.0.0.1", "an IPv4 address in disguise"),
    ("64:ff9b::7f00:1", "a way to 127.0.0.1, which is loopback"),
    ("64:ff9b::a9fe:a9fe", "a way to 169.254.169.254, which is link-local"),
    ("2002:c0a8:0101::1", "not public"), ("2002:5db8:d70e::1", "not public"),
    ("64:ff9b:1::a00:1", "not public"), ("2001:0:5db8:d70e::1", "not public"), ("2001:db8::1", "not public"),
    ("fec0::1", "not public"), ("4000::1", "not public"), ("3fff::1", "not public"),
    ("2130706433", "loopback"), ("0x7f000001", "loopback"), ("0x7f.1", "loopback"), ("017700000001", "loopback"),
    ("0177.0.0.1", "loopback"), ("127.1", "loopback"), ("3232235777", "private"), ("0", "unspecified"),
    ("localhost", "no IP address"), ("raja.fi", "no IP address"), ("", "no IP address"), ("\u0661\u0662", "no IP address"),
    ("127.0.0.1\0", "no IP address"),
]  # fmt: skip
PUBLIC = [
    "93.184.215.14", "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.255.255", "100.128.0.1", "169.253.0.1", "11.0.0.1",
    "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "2a00:1450:4026::1", "64:ff9b::5db8:d70e", "1572395790",
]  # fmt: skip


@pytest.mark.parametrize(("address", "why"), REFUSED)
def test_an_address_that_is_not_of_the_internet_is_forbidden(address: str, why: str) -> None:
    assert forbidden(address) == why


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_internet_is_allowed(address: str) -> None:
    assert forbidden(address) is None


@given(st.ip_addresses(v=4))
def test_no_way_of_writing_an_ipv4_address_is_judged_otherwise(ip: IPv4Address) -> None:
    number = int(ip)
    for written in (str(number), hex(number), f"0{number:o}", ".".join(hex(byte) for byte in ip.packed)):
        assert forbidden(written) == forbidden(str(ip))


@given(st.ip_addresses(v=4))
def test_no_ipv6_address_is_a_way_to_a_private_ipv4_address(ip: IPv4Address) -> None:
    for block in ("::ffff:0:0", "64:ff9b::", "::"):
        inside = str(IPv6Address(int(IPv6Address(block)) + int(ip)))
        assert forbidden(inside) or not forbidden(str(ip))


@given(st.ip_addresses())
def test_nothing_is_allowed_that_is_not_global(ip: IPv4Address | IPv6Address) -> None:
    assert forbidden(str(ip)) or (ip.is_global and not ip.is_multicast)


@given(st.text(max_size=30))
def test_whatever_is_written_gets_an_answer(text: str) -> None:
    assert forbidden(text) is None or forbidden(text)


LOCAL = ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"]


@pytest.mark.parametrize("host", LOCAL)
def test_no_article_is_on_this_machine_however_its_host_is_written(feed_server: FeedServer, host: str) -> None:
    feed_server.answer("/secret", body=PAGE, headers={"Content-Type": "text/html"})
    port = feed_server.url("").rpartition(":")[2]
    document = article(f"http://{host}:{port}/secret", of="https://news.example/feed")
    assert (document.outcome, document.body) == (Outcome.BAD_CONTENT, b"")
    assert "only sources in config.toml may be there" in document.detail
    assert feed_server.requests == []


def test_an_address_in_octal_is_not_even_tried(feed_server: FeedServer) -> None:
    url = feed_server.url("/secret").replace("127.0.0.1", "0177.0.0.1")
    assert article(url, of="https://news.example/feed").outcome is Outcome.NETWORK_ERROR
    assert feed_server.requests == []


def test_a_source_on_this_machine_is_polled(feed_server: FeedServer) -> None:
    feed_server.answer("/feed", body=PAGE)
    assert poll(feed_server.url("/feed"), kind="page").outcome is Outcome.OK


def test_its_articles_may_lie_beside_it(feed_server: FeedServer) -> None:
    feed_server.answer("/1", body=PAGE, headers={"Content-Type": "text/html"})
    assert article(feed_server.url("/1"), of=feed_server.url("/feed")).outcome is Outcome.OK


def test_the_guard_stands_at_every_hop(feed_server: FeedServer) -> None:
    """From an allowed origin, over another of its pages, to another port of the same machine."""
    with FeedServer() as inside:
        inside.answer("/secret", body=PAGE, headers={"Content-Type": "text/html"})
        feed_server.answer("/feed", status=301, headers={"Location": "/on"})
        feed_server.answer("/on", status=302, headers={"Location": inside.url("/secret")})
        for document in (poll(feed_server.url("/feed")), article(feed_server.url("/feed"), feed_server.url("/"))):
            assert (document.outcome, document.body) == (Outcome.BAD_CONTENT, b"")
            assert document.detail.startswith("leads to 127.0.0.1, which is loopback")
        assert inside.requests == []


def test_a_connection_made_for_a_trusted_source_serves_nobody_else(feed_server: FeedServer) -> None:
    """The pool of httpx would hand it to whoever asks for the same origin."""
    feed_server.answer("/feed", body=PAGE, headers={"Content-Type": "text/html"})

    async def both() -> tuple[Document, Document]:
        async with Fetcher() as fetcher:
            mine = await fetcher.fetch(Source("a", feed_server.url("/feed")), None, NOW)
            theirs = await fetcher.article(Source("b", "https://b.example/"), feed_server.url("/feed"), NOW)
            return mine, theirs

    mine, theirs = asyncio.run(both())
    assert (mine.outcome, theirs.outcome) == (Outcome.OK, Outcome.BAD_CONTENT)
    assert len(feed_server.requests) == 1


def test_no_proxy_of_the_environment_goes_round_the_guard(
    feed_server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, feed_server.url(""))
    article("http://127.0.0.1:1/secret", of="https://news.example/feed")
    poll("http://127.0.0.1:1/feed")
    assert feed_server.requests == []


class NameServer:
    """Gives one answer after the other, as one does that rebinds."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        self.asked += 1
        return self.answers.pop(0)


def not_first(address: str) -> str | None:
    """127.0.0.1 stands for the private network and the rest of loopback for the internet."""
    return "private" if address == "127.0.0.1" else None


def connect(names: NameServer, port: int) -> str:
    """The address that was connected to."""

    async def once() -> str:
        network = GuardedNetwork(not_first, names.resolve)
        stream = await network.connect_tcp("rebinding.example", port, timeout=5.0)
        address: tuple[str, int] = stream.get_extra_info("server_addr")
        await stream.aclose()
        return address[0]

    return asyncio.run(once())


def port_of(server: FeedServer) -> int:
    return int(server.url("").rpartition(":")[2])


def test_a_name_is_asked_for_once_and_the_checked_address_is_connected_to() -> None:
    with FeedServer("127.0.0.2") as outside:
        names = NameServer(["127.0.0.2"], ["127.0.0.1"])
        assert connect(names, port_of(outside)) == "127.0.0.2"
        assert names.asked == 1


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with (
        FeedServer("127.0.0.2") as outside,
        pytest.raises(Refused, match=r"rebinding\.example, at 127\.0\.0\.1, which is private"),
    ):
        connect(NameServer(["127.0.0.2", "127.0.0.1"]), port_of(outside))


def test_an_address_that_refuses_leaves_the_next_its_turn() -> None:
    with FeedServer("127.0.0.2") as outside:
        assert connect(NameServer(["::1", "127.0.0.3", "127.0.0.2"]), port_of(outside)) == "127.0.0.2"


def test_an_address_that_is_silent_does_not_hold_up_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """A network with broken IPv6: the first address never says anything."""
    connect_tcp = anyio.connect_tcp

    async def silent(*, remote_host: str, **others: object) -> object:
        if remote_host == "2001:db8::1":
            await asyncio.sleep(60)
        return await connect_tcp(remote_host, **others)  # type: ignore[call-overload]

    monkeypatch.setattr(anyio, "connect_tcp", silent)
    with FeedServer("127.0.0.2") as outside:
        assert connect(NameServer(["2001:db8::1", "127.0.0.2"]), port_of(outside)) == "127.0.0.2"


@pytest.mark.parametrize("addresses", [[], ["127.0.0.3"], ["127.0.0.3", "127.0.0.4"]])
def test_a_host_where_nobody_answers_is_a_failure_to_connect(addresses: list[str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.3", 0))
        port = free.getsockname()[1]
    with pytest.raises(httpcore.ConnectError):
        connect(NameServer(addresses), port)


def test_a_redirect_to_another_public_host_is_followed(feed_server: FeedServer) -> None:
    with FeedServer("127.0.0.2") as other:
        other.answer("/feed", body=PAGE)
        feed_server.answer("/feed", status=302, headers={"Location": other.url("/feed")})
        assert poll(feed_server.url("/feed"), kind="page", forbidden=anywhere).outcome is Outcome.OK
