"""A line that writes down every byte a phone sends, and what of it may differ from one person to the next."""

import re
from dataclasses import dataclass, field

from tests.faults.line import Line, Point

BEGINS = re.compile(rb"[A-Z]+ \S+ HTTP/1\.1\r\n")
ASKED_AGAIN = re.compile(rb"GET \S+(?:\?for=phone|/events\?for=phone) ")  # how often is the room's doing
PARCELS = (
    (re.compile(rb"PUT \S+/answers "), re.compile(rb'\{"answers":\{("\w+":(\d|null),?)+\},"group":null\} *'),
     b"{ANSWERS in %d bytes}"),
    (re.compile(rb"PUT \S+/direction "), re.compile(rb'\{"D":"(?:up|same|down)","I":"(?:up|same|down)"\} *'),
     b"{DIRECTION in %d bytes}"),
    (re.compile(rb"PUT \S+/edge "), re.compile(rb'\{"facet":"[DI][1-8]"\} *'), b"{FACET in %d bytes}"),
)


@dataclass
class Recorder(Line):
    """Lets everything through; `heard` holds each request as it came, head and body."""

    heard: list[bytes] = field(default_factory=list)

    def broken(self, data: bytes) -> Point | None:
        if BEGINS.match(data):
            self.heard.append(data)
        else:  # a body behind its head
            self.heard[-1] += data
        return None


@dataclass(frozen=True)
class Told:
    """What a phone told the network: its requests in their order, and the different ones among those that it repeats
    whenever the room changes. The room's code, the seat's token and the port have the same names for every phone."""

    once: tuple[bytes, ...]
    repeated: frozenset[bytes]


def told(recorder: Recorder, code: str) -> Told:
    """Of the parcel of answers, the facet that was tapped and the direction only how long they were."""
    all_told = [_nameless(request, recorder, code) for request in recorder.heard]
    return Told(tuple(_without_choice(one) for one in all_told if not ASKED_AGAIN.match(one)),
                frozenset(one for one in all_told if ASKED_AGAIN.match(one)))


def _nameless(request: bytes, recorder: Recorder, code: str) -> bytes:
    for name, value in ((b"CODE", code.encode()), (b"PORT", str(recorder.port).encode())):
        request = request.replace(value, name)
    return re.sub(rb"(seat_CODE=)[\w-]{22}(?![\w-])", rb"\1TOKEN", request)


def _without_choice(request: bytes) -> bytes:
    """With how many bytes there are, in the head and in the body."""
    head, gap, body = request.partition(b"\r\n\r\n")
    for act, parcel, name in PARCELS:
        if act.match(request) and parcel.fullmatch(body):
            return head + gap + name % len(body)
    return request
