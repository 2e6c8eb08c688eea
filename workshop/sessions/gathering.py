"""What seats enter beside their answers: edges, directions, words. One release each, final."""

import json
import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from workshop.errors import Missing
from workshop.published import PublishedRound, PublishedTable, TableKind
from workshop.release import directions, edges, enough_words
from workshop.room import Collection, CollectionKind, Phase
from workshop.sessions.act import Act
from workshop.sessions.ballots import AXES, DIRECTIONS, directions_of, edge_of, light_facets, word_of
from workshop.sessions.collections import end_collection, locked_entry, open_collection, opened
from workshop.store import Entry

PENDING = b"pending words"


@dataclass(frozen=True)
class Word:
    """A word that waits for the host: equal ones joined, in an order that tells nothing."""

    id: str
    text: str
    approved: bool = False


def open_after_close(act: Act) -> None:
    """What opens in the transaction that closes a round."""
    open_collection(act, "edges")
    if act.workshop.round > 1:
        open_collection(act, "directions")


def open_words(act: Act) -> None:
    """Words open when their scene first comes on after a round is closed."""
    workshop = act.workshop
    wanted = workshop.words and workshop.phase == Phase.REVIEW and workshop.here.kind == "words"
    if wanted and workshop.collection("words") is None and not _has(act.round(), "word"):
        open_collection(act, "words")


def close_all(act: Act) -> None:
    """Ends every collection beside the answers, as if the host had closed it; words that nobody approved die."""
    for collection in act.workshop.collections:
        if collection.kind in CLOSE:
            CLOSE[collection.kind](act)
    if act.workshop.collection("words"):
        finish_words(act)


def close_by_itself(act: Act, kind: CollectionKind) -> None:
    """Ends one collection after its day, as if the host had closed it: words then wait for the host."""
    {**CLOSE, "words": close_words}[kind](act)


def close_edges(act: Act) -> None:
    """Publishes the chosen edges of the round just closed."""
    collection, questionnaire = act.collection("edges"), act.questionnaire
    taps = dict.fromkeys(light_facets(questionnaire), 0)
    for ballot in _entered(act, collection):
        taps[edge_of(ballot, questionnaire)] += 1
    chosen = edges(taps, act.workshop.policy)
    rows = [PublishedTable("edge", facet, people, (), (people,)) for facet, people in chosen or ()]
    _publish(act, collection, "edge", rows)


def close_directions(act: Act) -> None:
    """Publishes how many went up, stayed, or went down on each axis."""
    collection = act.collection("directions")
    ballots = [directions_of(ballot) for ballot in _entered(act, collection)]
    rows = []
    for place, axis in enumerate(AXES):
        counts = Counter(ballot[place] for ballot in ballots)
        up, same, down = (counts[direction] for direction in DIRECTIONS)
        table = directions(up, same, down, act.workshop.policy)
        rows.append(PublishedTable("direction", axis, sum(table or ()), () if table else None, table))
    _publish(act, collection, "direction", rows)


def close_words(act: Act) -> None:
    """Nobody can enter a word any more; the host sees them shuffled, equal ones joined. Too few: they die."""
    collection = act.collection("words")
    texts = [word_of(ballot) for ballot in _entered(act, collection)]
    if not enough_words(len(texts), act.workshop.policy):
        _publish(act, collection, "word", [])
        return
    joined = {text.casefold(): text for text in sorted(texts)}  # which way it is spelt tells nobody who was last
    shuffled = list(joined.values())
    secrets.SystemRandom().shuffle(shuffled)
    words = [Word(secrets.token_hex(4), text) for text in shuffled]
    act.tx.replace_entries(collection.id, [_locked(act, collection, words)])
    act.change_collection(collection, pending=True)


def approve_word(act: Act, id: str, approved: bool) -> None:
    """The host's yes or no to one word. Raises Missing."""
    collection = pending(act)
    words = words_of(act, collection)
    if all(word.id != id for word in words):
        raise Missing("unknown_word", "There is no such word among those that wait. Look at the list again.")
    after = [replace(word, approved=approved) if word.id == id else word for word in words]
    act.tx.put_entry(collection.id, _locked(act, collection, after), again=True)


def finish_words(act: Act) -> None:
    """Publishes the approved words; the rest die with the key."""
    collection = act.collection("words")
    words = words_of(act, collection) if collection.pending else ()
    rows = [PublishedTable("word", word.text, 0, (), ()) for word in words if word.approved]
    _publish(act, collection, "word", rows)


def pending(act: Act) -> Collection:
    """The words that wait for approval. Raises Conflict where none do."""
    collection = act.collection("words")
    return collection if collection.pending else act.refuse_phase("There are no words that wait for approval.")


def words_of(act: Act, collection: Collection) -> tuple[Word, ...]:
    """The words that wait, as they were kept."""
    ballots = [opened(act, collection, entry) for entry in act.tx.entries(collection.id) if entry.tag == PENDING]
    return tuple(Word(**word) for ballot in ballots if ballot for word in json.loads(ballot))


def _locked(act: Act, collection: Collection, words: Sequence[Word]) -> Entry:
    plain = json.dumps([asdict(word) for word in words]).encode()
    return locked_entry(act, collection, PENDING, plain)


def _entered(act: Act, collection: Collection) -> Iterator[bytes]:
    for entry in act.tx.entries(collection.id):
        ballot = opened(act, collection, entry)
        if ballot is not None:
            yield ballot


def _publish(act: Act, collection: Collection, kind: TableKind, rows: Sequence[PublishedTable]) -> None:
    round = act.round(collection.round)
    others = tuple(table for table in round.tables if table.kind != kind)
    kept = rows or [PublishedTable(kind, "", 0)]  # also that nothing may be shown is kept
    act.tx.put_round(act.workshop, replace(round, tables=(*others, *kept)))
    end_collection(act, collection)


def _has(round: PublishedRound, kind: TableKind) -> bool:
    return any(table.kind == kind for table in round.tables)


CLOSE: dict[CollectionKind, Callable[[Act], None]] = {"edges": close_edges, "directions": close_directions}
