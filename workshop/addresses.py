"""The addresses at which phones in the same network reach this machine, found without sending a packet."""

import ipaddress
import socket
import struct
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Bridges to containers and virtual machines, and tunnels: phones in the room cannot come in through them.
VIRTUAL = ("docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "vnet", "lxc", "lxd", "podman", "cni", "flannel",
           "cali", "tun", "tap", "wg", "utun", "ppp", "tailscale", "zt", "ipsec", "awdl", "llw")

_HOME = tuple(ipaddress.ip_network(text) for text in ("192.168.0.0/16", "10.0.0.0/8", "172.16.0.0/12"))
_GET_ADDRESS, _GET_FLAGS = (0xC0206921, 0xC0206911) if sys.platform == "darwin" else (0x8915, 0x8913)
_UP_AND_RUNNING = 0x41


@dataclass(frozen=True)
class Adapter:
    """One address of one network adapter; `routed` where the machine's own way out leaves through it."""

    name: str
    address: Address
    routed: bool = False

    @property
    def virtual(self) -> bool:
        """Made by software for this machine alone."""
        return self.name.startswith(VIRTUAL)


def addresses(host: str = "") -> tuple[str, ...]:
    """The likeliest first, IPv4 before IPv6, never a loopback one; empty where no other machine can come in.

    `host` is what the server listens on: empty for all adapters.
    """
    return in_order(tuple(_adapters())) if everywhere(host) else _only(host)


def in_order(adapters: Sequence[Adapter]) -> tuple[str, ...]:
    """Addresses of the real adapters, or of the virtual ones where there is nothing else."""
    usable = [one for one in adapters if not (one.address.is_loopback or one.address.is_unspecified)]
    real = [one for one in usable if not one.virtual] or usable
    return tuple(dict.fromkeys(str(one.address) for one in sorted(real, key=_rank)))


def bracketed(address: str) -> str:
    """The address as it stands in a URL."""
    return f"[{address}]" if ":" in address else address


def everywhere(host: str) -> bool:
    """Whether a server that listens on this host listens on all adapters."""
    try:
        return not host or ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def _rank(one: Adapter) -> tuple[int, int, bool, str, int]:
    return one.address.version, _distance(one.address), not one.routed, one.name, int(one.address)


def _distance(address: Address) -> int:
    if any(address in network for network in _HOME):
        return 0
    return 2 if address.is_link_local else 1


def _only(host: str) -> tuple[str, ...]:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return () if host.lower() == "localhost" else (host,)
    return () if address.is_loopback else (host,)


def _adapters() -> Iterator[Adapter]:
    if sys.platform == "win32":
        yield from _by_name()
    else:
        yield from _by_adapter()


def _by_name() -> Iterator[Adapter]:
    # Windows answers for its own name by itself; elsewhere the question could leave the machine.
    routed = _source_address()
    for family, _, _, _, place in socket.getaddrinfo(socket.gethostname(), None):
        if family in (socket.AF_INET, socket.AF_INET6):
            address = ipaddress.ip_address(str(place[0]).partition("%")[0])
            if address.version == 4 or not address.is_link_local:
                yield Adapter("", address, str(address) == routed)


def _by_adapter() -> Iterator[Adapter]:
    way_out = _way_out()
    routed = _source_address() if way_out is None else ""
    for _, name in socket.if_nameindex():
        address = _ipv4(name)
        if address is not None:
            yield Adapter(name, address, name == way_out or str(address) == routed)
    for name, six in _ipv6():
        yield Adapter(name, six, name == way_out)


def _ipv4(name: str) -> ipaddress.IPv4Address | None:
    from fcntl import ioctl  # not on Windows

    asked = struct.pack("256s", name.encode()[:15])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            (flags,) = struct.unpack_from("H", ioctl(probe.fileno(), _GET_FLAGS, asked), 16)
            if flags & _UP_AND_RUNNING != _UP_AND_RUNNING:
                return None
            return ipaddress.IPv4Address(ioctl(probe.fileno(), _GET_ADDRESS, asked)[20:24])
        except OSError:  # an adapter without an IPv4 address
            return None


def _ipv6(table: Path = Path("/proc/net/if_inet6")) -> Iterator[tuple[str, ipaddress.IPv6Address]]:
    """Global addresses only: a link-local one cannot stand in a QR code."""
    if not table.exists():
        return
    for line in table.read_text().splitlines():
        digits, _, _, scope, _, name = line.split()
        if scope == "00":
            yield name, ipaddress.IPv6Address(int(digits, 16))


def _way_out(table: Path = Path("/proc/net/route")) -> str | None:
    """The adapter of the default route; None where the system keeps no such table."""
    if not table.exists():
        return None
    routes = [line.split() for line in table.read_text().splitlines()[1:]]
    metric_and_name = [(int(route[6]), route[0]) for route in routes if int(route[1], 16) == 0]
    return min(metric_and_name)[1] if metric_and_name else ""


def _source_address() -> str:
    # Connecting a datagram socket only asks the routing table; nothing is sent to the documentation address.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return ""
