"""Whether a room holds what its phones were told, nothing less and nothing twice."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.crash.ledger import NOTHING, Answers, Phone, Room

LEAST = {"held": (5, 5), "blocks": (8, 8)}  # the first release, each later one


async def check_room(room: Room) -> list[str]:
    """After a start: every phone is known, what was acknowledged is there, what was not is sent again."""
    was, round = room.phase, room.round
    await room.look()
    wrong = [] if room.round >= round else [f"{room.level}: round {room.round} after round {round}"]
    if room.phase == "answering":
        for phone in room.phones:
            phone.start_round(room.round)
        wrong += [complaint for phone in room.phones for complaint in await _check_phone(room, phone)]
        wrong += _increments(room)
    elif was == "answering" and room.phase == "review":
        wrong += await check_closed(room)
    return wrong


async def _check_phone(room: Room, phone: Phone) -> list[str]:
    seat = await phone.seat(room)
    possible = {one is not None for one in (phone.sure, *phone.maybe)}
    if not seat["joined"] or seat["sent"] not in possible:
        return [f"{room.level}: a phone that was told {possible} has {seat}"]
    await phone.send_again(room)
    return []


async def settle_round(room: Room) -> list[str]:
    """Closes the open round and compares every table with what was acknowledged."""
    await room.look()
    if room.phase != "answering":
        return []
    reply = await room.act("close_round")
    if reply.status != 200:
        return [f"{room.level}: closing answered {reply.status}"]
    await room.look()
    return await check_closed(room)


async def check_closed(room: Room) -> list[str]:
    """The tables count those whose phones say so, by what they had sent."""
    seats = await asyncio.gather(*(phone.seat(room) for phone in room.phones))
    results = await room.results()
    counted = [phone for phone, seat in zip(room.phones, seats, strict=True) if seat["sent"] and seat["frozen"]]
    left = [phone for phone in room.phones if phone.sure is not None and not phone.maybe and phone not in counted]
    room.seen += [results["n"]] if results["n"] and results["n"] not in room.seen else []
    wrong = _increments(room)
    if results["n"] != len(counted):
        wrong.append(f"{room.level}: n is {results['n']}, {len(counted)} phones are counted")
    if len(left) >= LEAST[room.level][bool(counted)]:
        wrong.append(f"{room.level}: {len(left)} acknowledged phones are left out")
    wrong += [f"{room.level}: a phone that sent nothing is counted" for phone in counted if not _sent(phone)]
    tables = [table for table in results["items"] if table["counts"]]
    return wrong + [complaint for table in tables for complaint in _table(table, room.level, counted)]


def _sent(phone: Phone) -> list[Answers]:
    return [one for one in (phone.sure, *phone.maybe) if one is not None]


def _table(table: Any, level: str, counted: Sequence[Phone]) -> list[str]:
    """Exact where every phone was answered; where some were not, between what is sure and what may be. A table that
    a release could not add to counts those before it, so no more than what may be."""
    wrong = []
    for points, people in zip(table["bins"], table["counts"], strict=True):
        fits = [{(one.get(table["id"]) or 0) in points for one in _sent(phone) or [NOTHING]} for phone in counted]
        least = sum(one == {True} for one in fits) if table["n"] == len(counted) else 0
        most = sum(True in one for one in fits)
        if not least <= people <= most:
            wrong.append(f"{level}: {table['id']} counts {people} in {points}, the phones {least} to {most}")
    return wrong


def _increments(room: Room) -> list[str]:
    first, later = LEAST[room.level]
    steps = [after - before for before, after in zip([0, *room.seen], room.seen, strict=False)]
    small = [step for place, step in enumerate(steps) if step < (later if place else first)]
    return [f"{room.level}: a release of {step} people" for step in small]


def check_keys(folder: Path, rooms: Sequence[Room]) -> list[str]:
    """One secret a workshop, one key an open collection, one a round of dark tables: these and no other."""
    names = sorted(path.name.partition("-")[0] for path in (folder / "keys").glob("*.key"))
    wanted = sorted(["secret"] * len(rooms) + ["entries"] * sum(len(room.open) for room in rooms)
                    + ["veil"] * sum(room.round for room in rooms))
    left = [path.name for path in (folder / "keys").glob("*.part")]
    return [] if names == wanted and not left else [f"the keys are {names} and {left}, not {wanted}"]
