"""The house broken in one place at a time: what a workshop's life has to notice, verb by verb and rule by rule."""

from dataclasses import dataclass

SESSIONS, RELEASE, STORE = "workshop/sessions/", "workshop/release/", "workshop/store/"
PHASES = SESSIONS + "actions.py"
COLLECTIONS = SESSIONS + "collections.py"
DUTIES = SESSIONS + "duties.py"
GATHERING = SESSIONS + "gathering.py"
LIFE = SESSIONS + "life.py"
PUBLISHING = SESSIONS + "publishing.py"
ROUNDS = SESSIONS + "rounds.py"
SCENES = SESSIONS + "scenes.py"
SEATS = SESSIONS + "seats.py"
STATE = SESSIONS + "state.py"
FLUSH = STORE + "flush.py"


@dataclass(frozen=True)
class Break:
    """A piece of the product, of which there is one in its file, and what takes its place."""

    of: str
    says: str
    file: str
    piece: str
    instead: str


VERBS = (
    Break("join", "a locked room lets everybody in", SEATS, "    if not workshop.locked:\n        return\n",
          "    return\n"),
    Break("join", "a draft can be joined", SEATS, "if workshop.phase == Phase.DRAFT:", "if False:"),
    Break("join", "joining again makes the seat anew", SEATS, "        return Joined(token, created=False)\n", ""),
    Break("leave", "an answer stays although its phone was forgotten", SEATS,
          "            take_out(act, collection, seat.tag)\n    if seat.used", "            pass\n    if seat.used"),
    Break("leave", "a seat stays although its phone was forgotten", SEATS,
          "        act.tx.drop_seat(act.workshop, seat.tag)\n\n\ndef answer", "        pass\n\n\ndef answer"),
    Break("leave", "what was forgotten keeps the key that opens it", SEATS,
          "            take_out(act, collection, seat.tag)\n    if seat.used",
          "            act.tx.drop_entry(collection.id, seat.tag)\n    if seat.used"),
    Break("leave", "only a phone's answers go, its edge and its word stay", SEATS,
          'if collection.kind != "answers" or (seat.sent', 'if collection.kind == "answers" and (seat.sent'),
    Break("answer", "the first answers count, not the last", SEATS,
          "    enter(act, collection, seat.tag, ballot, again=seat.sent)",
          "    if not seat.sent:\n        enter(act, collection, seat.tag, ballot, again=seat.sent)"),
    Break("answer", "changed answers keep the key of the first ones", COLLECTIONS, "    if again:\n        mark",
          "    if False:\n        mark"),
    Break("answer", "an answer is not counted as finished", SEATS,
          "        act.tx.put_seat(act.workshop, replace(seat, sent=True))", "        pass"),
    Break("answer", "the group that a phone gives is lost", SEATS,
          "group_number(act.workshop.grouping, group))", "group_number(act.workshop.grouping, None))"),
    Break("withdraw", "what was withdrawn stays", SEATS,
          "        take_out(act, collection, seat.tag)\n        act.tx.put_seat", "        act.tx.put_seat"),
    Break("withdraw", "what was withdrawn keeps the key that opens it", SEATS,
          "        take_out(act, collection, seat.tag)\n        act.tx.put_seat",
          "        act.tx.drop_entry(collection.id, seat.tag)\n        act.tx.put_seat"),
    Break("withdraw", "whoever withdrew still counts as finished", SEATS,
          "        act.tx.put_seat(act.workshop, replace(seat, sent=False))\n\n\ndef choose_edge",
          "\n\ndef choose_edge"),
    Break("fresh key", "the old key is kept", COLLECTIONS,
          "    act.change_collection(collection, key=key, marked=None)\n    act.tx.once_kept(lambda: "
          "act.vault.destroy(collection.key))", "    act.change_collection(collection, key=key, marked=None)"),
    Break("fresh key", "one answer is lost on the way", COLLECTIONS,
          "    act.tx.replace_entries(collection.id, entries)",
          "    act.tx.replace_entries(collection.id, entries[1:])"),
    Break("fresh key", "it comes only after an hour", COLLECTIONS, "REKEY_AFTER = 30.0", "REKEY_AFTER = 3_600.0"),
    Break("lock", "it locks nothing", LIFE, "return act.change(locked=True, let_in=0)", "return act.change(let_in=0)"),
    Break("lock", "it leaves the door ajar", LIFE, "return act.change(locked=True, let_in=0)",
          "return act.change(locked=True)"),
    Break("unlock", "it unlocks nothing", LIFE, "return act.change(locked=False, locked_by_blocks=False, let_in=0)",
          "return act.workshop"),
    Break("let_in", "it never counts down", SEATS, "    act.change(let_in=workshop.let_in - 1)", "    return"),
    Break("let_in", "one more than asked", SEATS, "    if workshop.let_in < 1:", "    if workshop.let_in < 0:"),
    Break("let_in", "also where the room is not locked", LIFE,
          "    if not act.workshop.locked:\n        raise Conflict",
          "    if False:\n        raise Conflict"),
    Break("open_round", "partners may be two", RELEASE + "levels.py", "seats >= COUPLES_SEATS", "seats >= 2"),
    Break("open_round", "edges go on from the round before", ROUNDS, "    close_all(act)\n    _turn_seats(act)",
          "    _turn_seats(act)"),
    Break("open_round", "who had sent counts as finished", ROUNDS, "    close_all(act)\n    _turn_seats(act)",
          "    close_all(act)"),
    Break("open_round", "its own closing time is not kept", ROUNDS,
          "closes_at=closes_at if closes_at is not None else _own_closing(act)", "closes_at=_own_closing(act)"),
    Break("close_round", "it closes at once, whatever the grace", ROUNDS, "    if grace > 0:", "    if grace > 600:"),
    Break("close_round", "the grace never ends", ROUNDS, "return now >= min(ends, workshop.closing_at or ends)",
          "return now >= ends"),
    Break("close_round", "the answers stay", COLLECTIONS, "    act.tx.replace_entries(collection.id, ())\n", ""),
    Break("close_round", "the key stays", COLLECTIONS,
          "    act.tx.once_kept(lambda: act.vault.destroy(collection.key))\n\n\ndef enter", "\n\ndef enter"),
    Break("cancel_close", "it calls nothing off", ROUNDS, "    return act.change(closing_at=None)",
          "    return act.workshop"),
    Break("cancel_close", "it closes the round", ROUNDS, "    return act.change(closing_at=None)",
          "    return finish_round(act)"),
    Break("raise_protection", "it may be lowered", RELEASE + "levels.py",
          "    if ORDER.index(level) <= ORDER.index(now.level):", "    if level == now.level:"),
    Break("raise_protection", "the smaller numbers apply", RELEASE + "levels.py",
          "return Policy(level, max(now.k, higher.k), max(now.m, higher.m), max(now.tau, higher.tau))",
          "return Policy(level, min(now.k, higher.k), min(now.m, higher.m), min(now.tau, higher.tau))"),
    Break("raise_protection", "phones are not told", ROUNDS, 'notice=f"raised:{policy.level}"', 'notice=""'),
    Break("reveal_dark", "before anything was released", ROUNDS,
          "    if not any(round and round.releases for round in rounds):", "    if False:"),
    Break("reveal_dark", "of the latest round alone", ROUNDS,
          "for number in range(1, act.workshop.round + 1)]\n    if not any",
          "for number in range(act.workshop.round, act.workshop.round + 1)]\n    if not any"),
    Break("reveal_dark", "the locked tables stay", ROUNDS, "            drop_veil(act, round.round)\n", ""),
    Break("next", "a second console moves it on twice", SCENES,
          "    if from_scene not in (None, workshop.scene) or from_step not in (None, workshop.step):",
          "    if False:"),
    Break("back", "a scene too far", SCENES, "    before = act.workshop.agenda[place - 1]",
          "    before = act.workshop.agenda[max(0, place - 2)]"),
    Break("goto", "it is not written down what was shown", SCENES, "    if part not in parts:", "    if False:"),
    Break("blank", "what comes on behind a black stage counts as shown", SCENES,
          "covered = workshop.blank or workshop.held is not None", "covered = workshop.held is not None"),
    Break("hold", "the stage moves on", SESSIONS + "facade.py",
          "        if workshop.held is not None:\n            facts",
          "        if False:\n            facts"),
    Break("archive", "it does nothing", LIFE, "    return act.change(archived=on)", "    return act.workshop"),
    Break("note", "it goes into every file", "workshop/takehome.py",
          "    wanted = choice if isinstance(choice, Choice) else Choice(notes=frozenset(choice))",
          '    wanted = choice if isinstance(choice, Choice) and choice.notes else Choice(notes=frozenset('
          'one.id for one in sessions.workshop(code).agenda))'),
    Break("edges", "one may choose once only", SEATS,
          "enter(act, collection, seat.tag, edge_ballot(act.questionnaire, facet), again=True)",
          "any(one.tag == seat.tag for one in act.tx.entries(collection.id)) or enter(act, collection, seat.tag, "
          "edge_ballot(act.questionnaire, facet), again=True)"),
    Break("edges", "they do not open", GATHERING, '    open_collection(act, "edges")\n', ""),
    Break("directions", "they open in the first round", GATHERING, "    if act.workshop.round > 1:", "    if True:"),
    Break("directions", "up is told as down", SESSIONS + "ballots.py", 'DIRECTIONS = ("up", "same", "down")',
          'DIRECTIONS = ("down", "same", "up")'),
    Break("words", "they open a second time", GATHERING, ' and not _has(act.round(), "word")', ""),
    Break("words", "one may be added while they wait", SEATS, "    if collection.pending:\n        raise Conflict",
          "    if False:\n        raise Conflict"),
    Break("words", "all are published, approved or not", GATHERING, "for word in words if word.approved]",
          "for word in words]"),
    Break("words", "one approval approves all", GATHERING,
          "after = [replace(word, approved=approved) if word.id == id else word for word in words]",
          "after = [replace(word, approved=approved) for word in words]"),
    Break("words", "those that wait are in what everybody reads", SESSIONS + "state.py",
          '        "grouping": workshop.grouping, "notice": workshop.notice,',
          '        "grouping": workshop.grouping, "notice": workshop.notice or ("planted-word-1-0" if '
          'workshop.collection("words") and workshop.collection("words").pending else ""),'),
    Break("seal", "seats stay", LIFE, "        act.tx.drop_seat(workshop, seat.tag)", "        pass"),
    Break("seal", "the secret stays", LIFE, "    act.tx.once_kept(lambda: act.vault.destroy(act.secret))\n", ""),
    Break("seal", "the dark tables stay", LIFE, "        drop_veil(act, number)", "        pass"),
    Break("seal", "edges and words stay", LIFE, '    """Secrets destroyed, seats gone, what is not revealed gone; '
          'snapshots and notes stay."""\n    close_all(act)',
          '    """Secrets destroyed, seats gone, what is not revealed gone; snapshots and notes stay."""'),
    Break("forget the workshop", "its seats stay", FLUSH, '("seats", "rounds", "published", "veiled")',
          '("rounds", "published", "veiled")'),
    Break("forget the workshop", "its rounds stay", FLUSH, '("seats", "rounds", "published", "veiled")',
          '("seats", "published", "veiled")'),
    Break("forget the workshop", "its tables stay", FLUSH, '("seats", "rounds", "published", "veiled")',
          '("seats", "rounds", "veiled")'),
    Break("forget the workshop", "its dark tables stay", FLUSH, '("seats", "rounds", "published", "veiled")',
          '("seats", "rounds", "published")'),
    Break("forget the workshop", "its entries stay", STORE + "transaction.py",
          "            self.own.replaced[collection.id] = ()", "            pass"),
    Break("forget the workshop", "its keys stay", LIFE, "        act.tx.once_kept(partial(act.vault.destroy, name))",
          "        pass"),
    Break("restart", "an accepted answer is lost", FLUSH,
          "    for collection, entries in kept.items():\n        _insert_entries(connection, collection, entries)",
          "    for collection, entries in kept.items():\n        "
          "_insert_entries(connection, collection, entries[:max(1, len(entries) - 1)])"),
    Break("restart", "who has finished is forgotten", STORE + "duckdb.py",
          "        memory.finished[workshop.id] = count_finished(memory.seats[workshop.id].values())\n", ""),
    Break("restart", "what was sent in the round before is forgotten", STORE + "rows.py",
          "return Seat(tag, bool(bits & 1), bool(bits & 2), bool(bits & 4), bool(bits & 8))",
          "return Seat(tag, bool(bits & 1), bool(bits & 2))"),
    Break("restart", "published rounds are forgotten", STORE + "duckdb.py",
          "        for round in read_rounds(connection, workshop.id):\n            memory.rounds[workshop.id, "
          "round.round] = round\n", ""),
    Break("restart", "a marked collection keeps its key", DUTIES, "self.look(everything=True)", "self.look()"),
    Break("restart", "dark tables come again without what was released", ROUNDS,
          "    light, dark = publish(before, _veiled(act), release,", "    light, dark = publish(before, (), release,"),
)

TIMES = (
    Break("auto-close", "a round stays open for ever", ROUNDS, "    ends = workshop.closes_at or workshop.opened_at "
          "+ OPEN_FOR", "    ends = workshop.closes_at or workshop.opened_at + 99 * OPEN_FOR"),
    Break("auto-close", "the closing time is passed over", ROUNDS, "    ends = workshop.closes_at or "
          "workshop.opened_at + OPEN_FOR", "    ends = workshop.opened_at + OPEN_FOR"),
    Break("auto-close", "collections stay open for ever", ROUNDS, "now >= collection.opened + OPEN_FOR",
          "now >= collection.opened + 99 * OPEN_FOR"),
    Break("auto-close", "words that wait are thrown away after a day", ROUNDS, "not collection.pending and now >=",
          "now >="),
    Break("auto-seal", "it never comes", DUTIES, "        verbs.append(_seal)", "        pass"),
    Break("auto-seal", "after a day already", SESSIONS + "facts.py", "SEAL_AFTER_DAYS = 7", "SEAL_AFTER_DAYS = 1"),
    Break("clock", "an hour is a leap that seals", DUTIES,
          "return now >= (workshop.last_close or workshop.lobby_at or now) + SEAL_AFTER_DAYS * DAY",
          "return abs(now - (workshop.last_close or workshop.lobby_at or now)) >= 3_600"),
    Break("clock", "set back, it closes the round", ROUNDS, "    return now >= min(ends, workshop.closing_at or ends)",
          "    return now >= min(ends, workshop.closing_at or ends) or now < workshop.opened_at"),
    Break("clock", "a leap seals, while the process runs", DUTIES, "if steady or verb is not _seal:", "if True:"),
    Break("clock", "after a step a closing is passed over", ROUNDS,
          "    return now >= min(ends, workshop.closing_at or ends)",
          "    return ends + 3_600 > now >= min(ends, workshop.closing_at or ends)"),
)

# The other actions refuse of themselves what they cannot do: nothing is being collected, or about to close.
WHEN = (
    ("open_lobby", "life.open_lobby", "(DRAFT,)"), ("lock", "life.lock", "(LOBBY, REVIEW, ANSWERING)"),
    ("unlock", "life.unlock", "(LOBBY, REVIEW, ANSWERING)"), ("open_round", "rounds.open_round", "(LOBBY, REVIEW)"),
    ("raise_protection", "rounds.raise_protection", "(LOBBY, REVIEW)"),
    ("close_round", "rounds.close_round", "(ANSWERING,)"), ("next", "scenes.next_scene", "MOVING"),
    ("back", "scenes.back", "MOVING"), ("goto", "scenes.goto", "MOVING"), ("blank", "blank", "MOVING"),
    ("hold", "hold", "MOVING"), ("extend", "scenes.extend", "MOVING"),
    ("seal", "life.seal", "(LOBBY, REVIEW)"), ("archive", "life.archive", "(SEALED,)"),
)

PHASE_RULES = (
    *(Break("phases", f"{action} at any time", PHASES, f'    "{action}": Action({verb}, {phases}',
            f'    "{action}": Action({verb}, tuple(Phase)') for action, verb, phases in WHEN),
    Break("phases", "a lock may be turned while blocks answer", PHASES,
          "    if workshop.phase not in known.phases or blocked:", "    if workshop.phase not in known.phases:"),
    Break("phases", "a sealed workshop takes phones", SESSIONS + "act.py",
          "    if workshop.phase == Phase.SEALED:\n        raise Gone", "    if False:\n        raise Gone"),
    Break("phases", "a draft may be changed in the lobby", SESSIONS + "creation.py",
          "    if workshop.phase != Phase.DRAFT:", "    if workshop.phase == Phase.SEALED:"),
)

BREAKS = (*VERBS, *TIMES, *PHASE_RULES)
