"""The life of a collection: opened under a key of its own, re-keyed after a change, closed and destroyed."""

import secrets
from dataclasses import replace

from workshop.room import Collection, CollectionKind, Seat
from workshop.sessions.act import Act
from workshop.store import Entry
from workshop.vault import Damaged

REKEY_AFTER = 30.0
DAMAGED = "damaged"


def open_collection(act: Act, kind: CollectionKind) -> Collection:
    """Key durable on disk first, then the transaction that opens the collection."""
    key = fresh_key(act)
    collection = Collection(f"{act.workshop.id}-{act.workshop.round}-{kind}", kind, act.workshop.round, key, act.now)
    act.change(collections=(*act.workshop.collections, collection))
    return collection


def fresh_key(act: Act) -> str:
    """A new key, destroyed again should the transaction be lost."""
    name = act.vault.make(f"entries-{secrets.token_hex(8)}")
    act.tx.if_lost(lambda: act.vault.destroy(name))
    return name


def end_collection(act: Act, collection: Collection) -> None:
    """Its entries are deleted in this transaction, its key is destroyed after it."""
    act.tx.replace_entries(collection.id, ())
    act.change(collections=tuple(one for one in act.workshop.collections if one.id != collection.id))
    act.tx.once_kept(lambda: act.vault.destroy(collection.key))


def enter(act: Act, collection: Collection, tag: bytes, ballot: bytes, *, again: bool) -> None:
    """Locks what a seat entered and keeps it in place of its earlier entry."""
    act.tx.put_entry(collection.id, locked_entry(act, collection, tag, ballot), again=again)
    if again:
        mark(act, collection)


def locked_entry(act: Act, collection: Collection, tag: bytes, plain: bytes) -> Entry:
    """What is kept of an entry while its collection is open."""
    return Entry(tag, act.vault.lock(collection.key, plain, _bound(collection, tag)))


def take_out(act: Act, collection: Collection, tag: bytes) -> None:
    """Deletes a seat's entry; what remains gets a fresh key within a minute."""
    act.tx.drop_entry(collection.id, tag)
    mark(act, collection)


def mark(act: Act, collection: Collection) -> None:
    """Something was taken out: the key that could still open it has to go soon."""
    if collection.marked is None:
        act.change_collection(collection, marked=act.now)


def opened(act: Act, collection: Collection, entry: Entry) -> bytes | None:
    """What a seat entered, or None where the entry was damaged; then the room is told."""
    try:
        return act.vault.unlock(collection.key, entry.locked, _bound(collection, entry.tag))
    except Damaged:
        act.change(notice=DAMAGED)
        return None


def _bound(collection: Collection, tag: bytes) -> bytes:
    return collection.id.encode() + b"\0" + tag


def rekey(act: Act, collection: Collection) -> None:
    """New key durable, everything that remains locked with it in one transaction, old key destroyed."""
    key = fresh_key(act)
    after = replace(collection, key=key, marked=None)
    entries = []
    for entry in act.tx.entries(collection.id):
        ballot = opened(act, collection, entry)
        if ballot is not None:
            locked = act.vault.lock(key, ballot, _bound(after, entry.tag))
            entries.append(replace(entry, locked=locked))
    act.tx.replace_entries(collection.id, entries)
    act.change_collection(collection, key=key, marked=None)
    act.tx.once_kept(lambda: act.vault.destroy(collection.key))


def tag_of(act: Act, token: str) -> bytes:
    """What the store knows a phone by."""
    return act.vault.tag(act.secret, token)


def seat_of(act: Act, token: str | None) -> Seat | None:
    """The seat of a cookie token, if it has one."""
    known = token and act.vault.holds(act.secret)  # before the room opens nobody has a seat
    return act.tx.seat(act.workshop, tag_of(act, token)) if token and known else None
