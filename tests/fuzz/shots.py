"""What no browser would send: first lines, headers, bodies, forms and addresses that are wrong in every way."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

LIMIT = 16 * 1024
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=b"
ACTS = ("join", "answers", "withdraw", "edge", "direction", "word", "forget")


@dataclass(frozen=True)
class Target:
    """Where to send: a room that is answering, and a phone in it."""

    url: str
    code: str
    cookie: str
    token: str = ""


@dataclass(frozen=True)
class Shot:
    """The bytes of one connection; `whole` requests have to be answered, half ones may be left hanging by us."""

    name: str
    sent: bytes
    whole: bool = True


def request(target: Target, method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    """A well-formed request, as far as its parts are."""
    named = {"Host": urlsplit(target.url).netloc, "Origin": target.url, "Cookie": target.cookie,
             "Content-Length": str(len(body)), "Connection": "close",
             **{name.replace("_", "-"): value for name, value in headers.items()}}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode("latin-1") + body


def noise(rng: random.Random, most: int = 200) -> bytes:
    """Any bytes."""
    return rng.randbytes(rng.randrange(1, most))


def lines(target: Target, rng: random.Random) -> Iterator[Shot]:
    """First lines."""
    host = f"Host: {urlsplit(target.url).netloc}\r\nConnection: close\r\n\r\n".encode()
    page = f"/j/{target.code}".encode()
    for line in (b"GET", b"GET " + page, b"GET " + page + b" HTTP/9.9", b"get " + page + b" HTTP/1.1",
                 b"GET  " + page + b"  HTTP/1.1", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"\r\n\r\n",
                 b"PRI * HTTP/2.0", b"GET http://elsewhere.example" + page + b" HTTP/1.1", b"OPTIONS * HTTP/1.1",
                 b"BREW " + page + b" HTTP/1.1", b"CONNECT a:1 HTTP/1.1", noise(rng).replace(b"\n", b"."),
                 b"GET " + page + b"?" + b"a" * rng.randrange(1, 100_000) + b" HTTP/1.1"):
        yield Shot(f"line {line[:30]!r}", line + b"\r\n" + host, whole=line[:1].isalpha() and b"HTTP/1.1" in line)


def heads(target: Target, rng: random.Random) -> Iterator[Shot]:
    """Headers."""
    join = f"/j/{target.code}/join"
    for name, value in (("Content-Length", "-1"), ("Content-Length", "+2"), ("Content-Length", "9" * 30),
                        ("Content-Length", "0x10"), ("Cookie", "x" * 70_000), ("Cookie", "=;=;;seat_="),
                        ("Cookie", f"seat_{target.code}=" + "\xff" * 40), ("Cookie", "\x80" * 50), ("Origin", "::"),
                        ("Origin", "http://[::1"), ("Origin", "http://" + "a" * 9_000), ("Content-Type", ";;=\xff"),
                        ("Content-Type", "multipart/form-data"), ("Content-Type", f"{FORM}; charset=klingon"),
                        ("Accept-Encoding", "gzip;q=\x80"), ("Host", ""), ("Host", "a b\x80"),
                        ("Expect", "100-continue"), ("Authorization", "Bearer \xff\xfe"), ("Authorization", "Bearer"),
                        ("If-None-Match", "\xff" * 99),
                        ("Transfer-Encoding", "gzip"), ("Upgrade", "websocket"), ("X\x00Y", "1"),
                        ("Range", "bytes=9-1")):
        for method, path in (("POST", join), ("GET", f"/api/workshops/{target.code}")):
            end = f"\r\n{name}: {value}\r\n\r\n".encode("latin-1")
            sent = request(target, method, path).replace(b"\r\n\r\n", end)
            yield Shot(f"{method} with {name}: {value[:20]!r}", sent, whole=False)
    many = {f"X-{number}": "1" for number in range(rng.randrange(50, 2_000))}
    yield Shot("many headers", request(target, "GET", f"/j/{target.code}", **many))


def chunks(target: Target, rng: random.Random) -> Iterator[Shot]:
    """Bodies in pieces."""
    path = f"/api/workshops/{target.code}/rounds/1/answers"
    head = request(target, "PUT", path, Content_Type=JSON, Content_Length="", Transfer_Encoding="chunked")
    size = rng.randrange(1, 3_000)
    piece = b"%x\r\n%s\r\n" % (size, b" " * size)
    for name, body in (("too many", piece * (1 + 20_000 // size) + b"0\r\n\r\n"),
                       ("no number", b"zz\r\nhello\r\n0\r\n\r\n"),
                       ("a negative one", b"-5\r\nhello\r\n0\r\n\r\n"), ("a huge one", b"f" * 17 + b"\r\nx"),
                       ("too short", b"ff\r\nhello\r\n0\r\n\r\n"), ("nothing", b"0\r\n\r\n"),
                       ("a note", b'd;x="y"\r\n{"answers":{}\r\n1\r\n}\r\n0\r\n\r\n'), ("noise", noise(rng))):
        yield Shot(f"chunks: {name}", head + body, whole=False)
    both = request(target, "PUT", path, Content_Type=JSON, Content_Length="4", Transfer_Encoding="chunked")
    yield Shot("both lengths", both + b"0\r\n\r\nGET / HTTP/1.1\r\n\r\n", whole=False)


def bodies(target: Target, rng: random.Random) -> Iterator[Shot]:
    """JSON that is none, or is another one than was wanted."""
    deep = rng.randrange(10, 8_000)
    for name, body in (("nothing", b""), ("noise", noise(rng)), ("half", b'{"answers": {"D1A": '),
                       ("latin", b'{"answers":"\xe9"}'),
                       ("a mark", b"\xef\xbb\xbf{}"), ("wide", '{"answers":{}}'.encode("utf-16")),
                       ("deep", b"[" * deep),
                       ("a list", b"[]"), ("a word", b'"answers"'), ("a number", b"1e999"), ("digits", b"9" * 9_000),
                       ("half a letter", b'{"answers":{"\\ud800":1}}'), ("nought", b'{"answers":{"\\u0000":1}}'),
                       ("twice", b'{"answers":{},"answers":1}'), ("large", b" " * (LIMIT + rng.randrange(1, 9_000)))):
        for path in ("answers", "edge", "direction", "word"):
            sent = request(target, "PUT", f"/api/workshops/{target.code}/rounds/1/{path}", body, Content_Type=JSON)
            yield Shot(f"{path}: {name}", sent)
    cut = request(target, "PUT", f"/api/workshops/{target.code}/rounds/1/answers", b"{", Content_Type=JSON,
                  Content_Length="500")
    yield Shot("half a body", cut, whole=False)


def forms(target: Target, rng: random.Random) -> Iterator[Shot]:
    """The plain forms of a phone without JavaScript."""
    border = b"--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n"
    own = f"token={target.token}&round=".encode()
    for name, kind, body in (("nothing", FORM, b""), ("noise", FORM, noise(rng)),
                             ("no letters", FORM, b"token=%ff%fe&round=%"),
                             ("many", FORM, b"&".join(b"D%dA=1" % n for n in range(rng.randrange(300, 1_500)))),
                             ("a huge round", FORM, own + b"9" * 400),
                             ("a negative round", FORM, own + b"-1"),
                             ("a strange round", FORM, own + "٣".encode()),
                             ("half letters", FORM, own + b"1&text=%ed%a0%80"),
                             ("noughts", FORM, own + b"1&text=%00&D1A=%00&facet=%00"),
                             ("values", FORM, own + b"1&D1A=" + noise(rng)),
                             ("parts", PARTS, border + b"x\r\n--b--"),
                             ("half parts", PARTS, border), ("no border", "multipart/form-data", border),
                             ("a file", PARTS, border[:-4] + b"; filename=x\r\n\r\n" + b"x" * 9_000),
                             ("text", "text/plain", b"token=1"), ("large", FORM, b"a=" + b"b" * LIMIT)):
        # A form that is this phone's own in all but one thing would forget it for good.
        for act in ACTS[:-1] if body.startswith(own[:-7]) else ACTS:
            yield Shot(f"form {act}: {name}", request(target, "POST", f"/j/{target.code}/{act}", body,
                                                      Content_Type=kind))


def paths(target: Target, rng: random.Random) -> Iterator[Shot]:
    """Addresses."""
    letters = "".join(rng.choice("%/.;\\\x80~?#&=a2") for _ in range(rng.randrange(1, 60)))
    for path in (f"/j/{letters}", "/j/%00", "/j/%ff%fe", "/j/%ed%a0%80", "/j/..%2f..%2fetc", "/j/" + "a" * 9_000,
                 "/j//join", f"/j/{target.code}/../{target.code}", f"/j/{target.code}%0d%0aX:1",
                 f"/j/{target.code}?change=%ff", "/j/?code=%ff",
                 "/j/?code=%ed%a0%80", "/j/?code=" + "%e2%84%aa" * 6,
                 f"/api/workshops/{target.code}?for=%ff&for=phone",
                 f"/api/workshops/{target.code}/rounds/%d9%a3/shown",
                 f"/api/workshops/{target.code}/rounds/{'9' * 400}/shown",
                 f"/api/workshops/{target.code}/stage?theme=%00", "/assets/phone/%ff",
                 "/assets/phone/mine." + "a." * 9 + "js",
                 "/assets/stage/..%2f..%2fpages.py"):
        for method in ("GET", "POST", "HEAD"):
            yield Shot(f"{method} {path[:40]!r}", request(target, method, path))


KINDS: tuple[Callable[[Target, random.Random], Iterator[Shot]], ...] = (lines, heads, chunks, bodies, forms, paths)
