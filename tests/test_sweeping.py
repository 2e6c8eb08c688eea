"""Keys that nothing names are destroyed, and never one that a verb of the same moment has just made."""

import threading

from rooms import new_room

from workshop.sessions.duties import Duties


def test_a_round_that_opens_in_the_batch_of_a_sweep_keeps_its_key(sessions, clock):
    room = new_room(sessions, clock, 12)
    sessions.vault.make("entries-left-over")
    begun, go_on = threading.Event(), threading.Event()

    def hold(_tx) -> None:
        begun.set()
        go_on.wait(5)

    first = sessions.store.transact(hold)  # while this one runs, the next two gather into one batch
    begun.wait(5)
    swept = sessions.store.transact(Duties(sessions)._sweeping)
    opened = sessions.act(room.code, "open_round")
    go_on.set()
    for one in (first, swept, opened):
        one.result(10)
    assert not sessions.vault.holds("entries-left-over")
    assert sessions.vault.holds(room.workshop.collection("answers").key)
    room.answer_each()
    room.act("close_round")
    assert room.snapshot.n == 12
