"""Closing a round, seen from the disk: before it a thief with the folder could read answers, after it nobody can."""

import random
import shutil
import subprocess
from pathlib import Path

import duckdb
import httpx
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from rooms import bytes_on_disk

OWN_SERVER = True  # searches the whole folder

PEOPLE = 12


class Thief:
    """Has a copy of the whole folder and knows how the product works."""

    def __init__(self, folder: Path, into: Path) -> None:
        shutil.copytree(folder, into)
        self.folder = into
        self.keys = [path.read_bytes()[:32] for path in (into / "keys").glob("*.key")]

    def entries(self) -> list[tuple[str, bytes, bytes]]:
        """Rows of entries as the database still shows them."""
        with duckdb.connect(str(self.folder / "bothand.duckdb")) as connection:
            return connection.execute("select collection, tag, locked from entries").fetchall()

    def opened(self, entries: list[tuple[str, bytes, bytes]]) -> set[bytes]:
        """Whatever any key in the folder opens."""
        found = set()
        for collection, tag, locked in entries:
            for key in self.keys:
                try:
                    bound = collection.encode() + b"\0" + tag
                    found.add(AESGCM(key).decrypt(locked[:12], locked[12:], bound))
                except InvalidTag:
                    continue
        return found


@pytest.fixture
def room(server, api):
    """Twelve phones that sent answers of their own; (code, points of each as bytes, tokens)."""
    code = api.post("/api/workshops", json={"title": "A room"}).json()["code"]
    api.post(f"/api/workshops/{code}/actions", json={"action": "open_lobby"})
    phones = [httpx.Client(base_url=server.url, headers={"Origin": server.url}) for _ in range(PEOPLE)]
    for phone in phones:
        phone.post(f"/api/workshops/{code}/seats")
    api.post(f"/api/workshops/{code}/actions", json={"action": "open_round"})
    items = [item["id"] for item in api.get(f"/api/workshops/{code}").json()["inventory"]["items"]]
    rng, sent = random.Random(7), []
    for phone in phones:
        points = bytes(rng.randint(1, 5) for _ in items)
        answers = dict(zip(items, points, strict=True))
        assert phone.put(f"/api/workshops/{code}/rounds/1/answers", json={"answers": answers}).status_code == 200
        sent.append(points)
    yield code, sent, [phone.cookies[f"seat_{code}"] for phone in phones]
    for phone in phones:
        phone.close()


def test_after_the_close_no_answer_can_be_read_from_any_byte_on_disk(server, api, room, tmp_path):
    code, sent, tokens = room
    folder = server.database.parent
    before = Thief(folder, tmp_path / "before")
    entries = before.entries()
    opened = before.opened(entries)
    assert all(any(points in ballot for ballot in opened) for points in sent), "the thief's tools work"

    assert api.post(f"/api/workshops/{code}/actions", json={"action": "close_round"}).status_code == 200
    after = Thief(folder, tmp_path / "after")
    assert after.entries() == []
    assert after.opened(entries) == set(), "entries kept from before open with no key that is left"
    left = bytes_on_disk(after.folder)
    for points in sent:
        assert points not in left
        assert str(list(points)).encode() not in left
    for token in tokens:
        assert token.encode() not in left
    said = (server.output + server.errors).encode()
    assert not any(token.encode() in said for token in tokens)


def test_an_open_round_shows_no_answer_to_someone_who_has_the_database_alone(server, room, tmp_path):
    _, sent, tokens = room
    thief = Thief(server.database.parent, tmp_path / "copy")
    shutil.rmtree(thief.folder / "keys")
    left = bytes_on_disk(thief.folder)
    assert not any(points in left for points in sent)
    assert not any(token.encode() in left for token in tokens)
    assert len({len(locked) for _, _, locked in thief.entries()}) == 1


def test_the_keys_are_for_the_owner_alone(server, room):
    folder = server.database.parent
    listing = subprocess.run(["ls", "-lan", str(folder / "keys")], capture_output=True, text=True, check=True).stdout
    assert all(line.startswith(("-rw-------", "drw", "total")) or line.split()[-1] == ".."
               for line in listing.splitlines() if line)
