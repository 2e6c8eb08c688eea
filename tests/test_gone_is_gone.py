"""Gone is gone: what people and hosts entered is searched for in every byte of the data folder, found while it may be
there, and not found once it has to be gone. A search that finds nothing proves something only if it can find."""

import hashlib
import hmac
import itertools
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from rooms import Clock, Room, bytes_on_disk, new_room, sessions_in
from test_closing_destroys import Thief

from workshop.sessions.collections import REKEY_AFTER
from workshop.sessions.duties import Duties
from workshop.store import rewriting
from workshop.takehome import exported

PEOPLE = 12
WORDS = tuple(f"Plantedword{n}Quartz" for n in range(PEOPLE))
TEXTS = {"title": "Planted Title Zirconium", "helpline": "Planted Helpline Osmium",
         "question": "Planted Question Iridium", "option": "Planted Option Rhodium",
         "scene": "Planted Scene Palladium", "say": "Planted Say Tellurium"}
FORMATS = ("csv", "json", "parquet", "xlsx", "html", "pdf", "zip")
NOTE = "Planted Note Ruthenium"
AGENDA = [{"id": "join", "kind": "join", "minutes": 1, "title": TEXTS["scene"], "say": TEXTS["say"]},
          {"id": "light", "kind": "light", "minutes": 1}, {"id": "words", "kind": "words", "minutes": 1}]


@dataclass
class Planted:
    """A room in which everybody's answers, token and word can be told from everybody else's, and its folder."""

    room: Room
    folder: Path
    copies: Path
    points: list[bytes] = field(default_factory=list)
    count: itertools.count = field(default_factory=itertools.count)

    def thief(self) -> Thief:
        """Somebody with a copy of the folder as it is now."""
        return Thief(self.folder, self.copies / str(next(self.count)))

    def answer(self, person: int, points: bytes) -> None:
        answers = dict(zip(self.room.items, points, strict=True))
        self.room.answer(self.room.tokens[person], answers)

    def tags(self) -> list[bytes]:
        """What leads from each token to its seat, as long as the secret is there."""
        key = next(path for path in (self.folder / "keys").glob("secret-*.key")).read_bytes()[:32]
        return [hmac.new(key, token.encode(), hashlib.sha256).digest()[:16] for token in self.room.tokens]

    def wait_for_fresh_keys(self) -> None:
        self.room.clock.move(REKEY_AFTER + 1)
        self.room.tick()


def distinct(person: int, length: int) -> bytes:
    """Points of one person that nobody else has: 1 to 5, from a hash."""
    return bytes(1 + byte % 5 for byte in hashlib.sha512(b"%d" % person).digest()[:length])


@pytest.fixture
def planted(tmp_path):
    """Twelve people have answered; the round is open."""
    folder, clock = tmp_path / "data", Clock()
    with sessions_in(folder, clock) as sessions:
        room = new_room(sessions, clock, PEOPLE, is_open=True, title=TEXTS["title"], helpline=TEXTS["helpline"],
                        words=True, agenda=AGENDA, grouping={"question": TEXTS["question"],
                                                             "options": [TEXTS["option"], "another"]})
        sessions.note(room.code, "light", NOTE).result(10)
        one = Planted(room, folder, tmp_path / "copies")
        for person in range(PEOPLE):
            one.points.append(distinct(person, len(room.items)))
            one.answer(person, one.points[person])
        yield one


def seen(points: bytes, opened: set[bytes]) -> bool:
    """Whether somebody's points are among opened entries."""
    return any(points in ballot for ballot in opened)


def test_every_plant_is_found_while_it_may_be_there(planted):
    thief = planted.thief()
    opened, raw = thief.opened(thief.entries()), bytes_on_disk(thief.folder)
    assert all(seen(points, opened) for points in planted.points)
    assert all(tag in raw for tag in planted.tags())
    assert all(text.encode() in raw for text in (*TEXTS.values(), NOTE))
    assert not any(token.encode() in raw for token in planted.room.tokens), "a token is nowhere, ever"


@pytest.mark.parametrize("act", ["withdraw", "forget_me", "change"])
def test_what_somebody_takes_back_opens_no_more_with_any_key_that_is_left(planted, act):
    room, token = planted.room, planted.room.tokens[0]
    before = planted.thief()
    entries = before.entries()
    assert seen(planted.points[0], before.opened(entries))
    if act == "withdraw":
        room.sessions.withdraw(room.code, 1, token).result(10)
    elif act == "forget_me":
        room.sessions.leave(room.code, token).result(10)
    else:
        planted.answer(0, distinct(99, len(room.items)))
    planted.wait_for_fresh_keys()
    after = planted.thief()
    assert after.opened(entries) == set(), "whoever kept the old bytes has no key for them"
    now = after.opened(after.entries())
    assert not seen(planted.points[0], now)
    assert all(seen(points, now) for points in planted.points[1:]), "nobody else's were lost"
    assert seen(distinct(99, len(room.items)), now) == (act == "change")


def test_a_phone_that_was_forgotten_has_no_seat_any_more(planted):
    tag = planted.tags()[0]
    planted.room.sessions.leave(planted.room.code, planted.room.tokens[0]).result(10)
    assert planted.room.sessions.store.seat(planted.room.workshop, tag) is None


def test_once_a_round_is_closed_no_answer_is_left(planted):
    entries = planted.thief().entries()
    planted.room.act("close_round")
    after = planted.thief()
    assert after.opened(entries) == set()
    assert after.entries() == []
    raw = bytes_on_disk(after.folder)
    for points in planted.points:
        assert points not in raw
        assert json.dumps(list(points)).encode() not in raw


def test_a_word_that_was_not_let_through_is_gone_and_no_word_leads_to_a_seat(planted):
    room = planted.room
    room.act("close_round")
    room.act("goto", scene="words")
    for token, word in zip(room.tokens, WORDS, strict=True):
        room.sessions.say_word(room.code, 1, token, word).result(10)
    entered = planted.thief()
    entries = entered.entries()
    assert all(seen(word.encode(), entered.opened(entries)) for word in WORDS)
    assert not any(word.encode() in bytes_on_disk(entered.folder) for word in WORDS), "locked away until then"
    room.act("close_words")
    waiting = planted.thief()
    held = waiting.entries()
    assert [seen(word.encode(), waiting.opened(held)) for word in WORDS] == [True] * PEOPLE
    assert waiting.opened(entries) == set() or len({tag for _, tag, _ in held}) == 1, "joined: whose is whose is gone"
    shown = room.sessions.pending_words(room.code)[0]
    room.act("approve_word", id=shown.id, approved=True)
    room.act("finish_words")
    after = planted.thief()
    assert after.opened([*entries, *held]) == set()
    raw = bytes_on_disk(after.folder)
    assert [word for word in WORDS if word.encode() in raw] == [shown.text]


def test_after_the_seal_nothing_leads_from_a_token_to_a_tag(planted):
    room, tags = planted.room, planted.tags()
    room.act("close_round")
    room.act("seal")
    assert room.sessions.vault.names() == ()
    after = planted.thief()
    assert after.keys == []
    # A secret that stood somewhere else would do: so every 32 bytes of every file are tried.
    raw = bytes_on_disk(after.folder / "keys")
    for token, tag in zip(room.tokens, tags, strict=True):
        for at in range(max(0, len(raw) - 31)):
            assert hmac.new(raw[at:at + 32], token.encode(), hashlib.sha256).digest()[:16] != tag
    assert not any(token.encode() in bytes_on_disk(after.folder) for token in room.tokens)


@pytest.mark.parametrize("when", ["answering", "review", "sealed"])
def test_after_a_workshop_is_forgotten_none_of_it_is_in_any_byte(planted, when):
    room, tags = planted.room, planted.tags()
    name = room.workshop.room_name.encode()
    other = new_room(room.sessions, room.clock, 2, title="Another room that stays")
    if when != "answering":
        room.act("close_round")
    if when == "sealed":
        room.act("seal")
    raw = bytes_on_disk(planted.folder)
    assert all(text.encode() in raw for text in (*TEXTS.values(), NOTE))
    forgotten(room.sessions, room.code)
    raw = bytes_on_disk(planted.folder)
    found = [text for text in (*TEXTS.values(), NOTE) if text.encode() in raw]
    assert found == []
    assert not any(tag in raw for tag in tags)
    assert not any(points in raw for points in planted.points)
    assert name not in raw
    assert b"Another room that stays" in raw
    assert other.workshop.title == "Another room that stays"


def test_an_edge_and_a_direction_open_no_more_once_they_are_counted(planted):
    room = planted.room
    for action in ("close_round", "open_round", "close_round"):
        room.act(action)
    facet = next(iter(room.sessions.questionnaire(room.workshop).facets))
    for token in room.tokens:
        room.sessions.choose_edge(room.code, 2, token, facet).result(10)
        room.sessions.tell_direction(room.code, 2, token, {"D": "up", "I": "same"}).result(10)
    before = planted.thief()
    entries = before.entries()
    assert len(entries) == 2 * PEOPLE
    assert len(before.opened(entries)) == 2, "all chose alike"
    room.act("close_edges")
    room.act("close_directions")
    after = planted.thief()
    assert after.entries() == []
    assert after.opened(entries) == set()
    assert after.keys == Thief(planted.folder, planted.copies / "again").keys
    assert [name for name in room.sessions.vault.names() if name.startswith("entries")] == []


def forgotten(sessions, room_code):
    """Forgets a workshop and lets the file be rewritten."""
    sessions.forget_workshop(room_code).result(10)
    rewritten(sessions)


def rewritten(sessions):
    """The file is rewritten between two verbs."""
    Duties(sessions).tick()
    for _ in range(2):
        sessions.store.transact(lambda _: None).result(10)


def test_a_summary_of_another_installation_goes_with_all_that_came_with_it(planted, tmp_path):
    planted.room.act("close_round")
    summary = exported(planted.room.sessions, planted.room.code, "json", ("light",)).body
    folder, texts = tmp_path / "elsewhere", (TEXTS["title"], NOTE)
    with sessions_in(folder, planted.room.clock) as sessions:
        code = sessions.import_summary(summary).result(10).code
        raw = bytes_on_disk(folder)
        assert all(text.encode() in raw for text in texts)
        forgotten(sessions, code)
        raw = bytes_on_disk(folder)
        assert [text for text in texts if text.encode() in raw] == []


def test_a_rewriting_that_breaks_off_leaves_no_copy_and_is_done_again(sessions, tmp_path, monkeypatch):
    title, really, tries = TEXTS["title"].encode(), rewriting._copy, []

    def breaks(path, fresh):
        tries.append(title in bytes_on_disk(tmp_path))
        if len(tries) > 1:
            return really(path, fresh)
        fresh.write_bytes(title)
        raise OSError("no room")
    monkeypatch.setattr(rewriting, "_copy", breaks)
    forgotten(sessions, sessions.create({"title": TEXTS["title"]}).result(10).code)
    assert len(tries) == 1
    assert [path for path in tmp_path.iterdir() if "rewriting" in path.name] == [], "nothing of the copy is left"
    rewritten(sessions)
    assert len(tries) == 2
    assert title not in bytes_on_disk(tmp_path)


@pytest.fixture
def process(start_server, tmp_path):
    """A real process whose home, caches and temporary files are below the folder that is searched."""
    places = {name: tmp_path / name.lower() for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    for place in places.values():
        place.mkdir()
    return start_server(folder=tmp_path, **{name: str(place) for name, place in places.items()})


def lived_through(server):
    """A workshop from the first phone to the summaries: its code, what people sent, and every secret in it."""
    with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {server.key}"}, timeout=30) as api:
        room = {"title": TEXTS["title"], "helpline": TEXTS["helpline"], "agenda": AGENDA}
        code = api.post("/api/workshops", json=room).json()["code"]
        act = f"/api/workshops/{code}/actions"
        for action in ("open_lobby", "open_round"):
            tokens = [joined(server, code) for _ in range(6)] if action == "open_round" else []
            assert api.post(act, json={"action": action}).status_code == 200
        items = [item["id"] for item in api.get(f"/api/workshops/{code}").json()["inventory"]["items"]]
        points = [distinct(person, len(items)) for person in range(6)]
        for token, own in zip(tokens, points, strict=True):
            answer = httpx.put(f"{server.url}/api/workshops/{code}/rounds/1/answers", cookies={f"seat_{code}": token},
                               headers={"Origin": server.url}, json={"answers": dict(zip(items, own, strict=True))})
            assert answer.status_code == 200
        assert api.post(act, json={"action": "close_round"}).status_code == 200
        for format in FORMATS:
            assert api.get(f"/api/workshops/{code}/export/{format}").status_code == 200
        assert TEXTS["title"].encode() in api.get("/api/backup").content
        assert api.post(act, json={"action": "seal"}).status_code == 200
    return code, points, tokens


def joined(server, code):
    """The token of one more phone."""
    answer = httpx.post(f"{server.url}/api/workshops/{code}/seats", headers={"Origin": server.url})
    return answer.cookies[f"seat_{code}"]


def holding(folder, text):
    """The names of files that hold it."""
    return {path.name for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()}


def test_a_process_leaves_no_token_in_any_file_or_line_and_nothing_of_a_forgotten_workshop_after_the_next_start(
        process, start_server, tmp_path):
    limits = Path(f"/proc/{process.process.pid}/limits")
    assert not limits.exists() or re.search(r"Max core file size +0 +0 ", limits.read_text()), "a crash dumps nothing"
    session, once = next(iter(process.sign_in().values())), process.sign_in_link.rpartition("/")[2]
    code, points, tokens = lived_through(process)
    raw, secrets = bytes_on_disk(tmp_path), (*tokens, session, once)
    assert all(TEXTS[text].encode() in raw for text in ("title", "helpline", "say"))
    assert not any(secret.encode() in raw for secret in secrets)
    assert not any(own in raw or json.dumps(list(own)).encode() in raw for own in points)
    assert holding(tmp_path, TEXTS["title"]) <= {"bothand.duckdb", "bothand.duckdb.wal"}, "no cache, no temporary file"
    deleted = httpx.delete(f"{process.url}/api/workshops/{code}", headers={"Authorization": f"Bearer {process.key}"})
    assert deleted.status_code == 200
    process.stop()
    said = process.output.replace(process.sign_in_link, "") + process.errors
    assert process.errors == ""
    assert not any(text in said for text in (*secrets, *TEXTS.values()))
    start_server(folder=tmp_path).stop()
    raw = bytes_on_disk(tmp_path)
    assert not any(text.encode() in raw for text in (*secrets, *TEXTS.values()))
