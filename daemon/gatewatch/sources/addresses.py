"""Which addresses nothing that a feed links to may lead to: this machine, its network, its cloud. Pure.

A list of what is public, not of what is private: whatever nobody thought of is refused.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

#: Answers to any machine of its cloud and holds its secrets, yet is an ordinary public address (Azure).
_METADATA = IPv4Address("168.63.129.16")
_CARRIER_NAT = ip_network("100.64.0.0/10")

#: Nothing else has been given out for the internet (IANA), and of it not these: protocols, 6to4, examples.
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NOT_PUBLIC = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
_UNIQUE_LOCAL = IPv6Network("fc00::/7")
#: A machine without IPv4 reaches all of IPv4 here (DNS64), the private part of it too.
_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")


def forbidden(address: str) -> str | None:
    """Why this IP address is not to be connected to, in words that follow "which is"; None if it is public.

    Knows the notations that the C library takes for addresses too: 2130706433, 0x7f.1, 0177.0.0.1
    (changedetection GHSA-gwph). A host name is no address, so it is forbidden.
    """
    try:
        ip = ip_address(address)
    except ValueError:
        try:
            ip = IPv4Address(socket.inet_aton(address))
        except (OSError, ValueError):
            return "no IP address"
    return _forbidden_v4(ip) if isinstance(ip, IPv4Address) else _forbidden_v6(ip)


def _forbidden_v4(ip: IPv4Address) -> str | None:
    if ip == _METADATA:
        return "a cloud's own"
    if ip in _CARRIER_NAT:
        return "behind a carrier's NAT"
    if why := _kind(ip):
        return why
    return "private" if ip.is_private else None if ip.is_global else "not public"


def _forbidden_v6(ip: IPv6Address) -> str | None:
    if why := _kind(ip):
        return why
    if ip.ipv4_mapped or ip in _COMPATIBLE:
        return "an IPv4 address in disguise"  # miniflux fe2bfb27
    if ip in _NAT64:
        inner = IPv4Address(int(ip) & 0xFFFFFFFF)
        why = _forbidden_v4(inner)
        return f"a way to {inner}, which is {why}" if why else None
    if ip in _UNIQUE_LOCAL:
        return "private"
    if ip not in _GLOBAL_UNICAST or any(ip in network for network in _NOT_PUBLIC):
        return "not public"
    return None


def _kind(ip: IPv4Address | IPv6Address) -> str | None:
    """The name that people know it by. In this order: what is loopback is also private."""
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        return None  # newer Pythons give it the kind of what is inside
    if ip.is_unspecified:
        return "unspecified"
    if ip.is_loopback:
        return "loopback"
    if ip.is_link_local:
        return "link-local"
    return "multicast" if ip.is_multicast else None
