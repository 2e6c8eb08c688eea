"""What is so at any moment of a workshop's life: counts, phases, keys, rows, the rules, and what is outside."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis.stateful import invariant
from life_bench import NAMES, STRANGER
from life_host import Host
from life_records import Person, finished_told
from life_rules import counts_are_exact, groups_are_large_and_alike, is_held_back, shows_no_more_than_so_many_carry
from rooms import counted

from workshop.published import PublishedTable
from workshop.results import to_json
from workshop.sessions.act import Act
from workshop.sessions.rounds import _veiled

LIGHT = ("DL", "IL")
DARK = ("DD", "ID", "RD", "RI")
COUNTING = ("agreements", "answering")  # the scenes of the run-sheet that say how many are here


class Always(Host):
    """What is looked at after every step."""

    @invariant()
    def all_is_well(self) -> None:
        self.it_stands_as_it_should()
        self.people_are_counted_exactly()
        self.keys_and_rows_are_those_that_are_needed()
        self.only_what_was_released_is_published_and_all_of_it()
        self.nothing_that_is_not_released_is_outside()
        self.what_is_held_stays_on_the_stage()
        self.after_the_seal_no_key_and_no_dark_table_is_left()

    def it_stands_as_it_should(self) -> None:
        workshop, model = self.sessions.workshop(self.code), self.model
        assert (workshop.phase, workshop.round, workshop.locked) == (model.phase, model.round, model.locked)
        assert {one.kind for one in workshop.collections} - {"answers"} == set(model.collections)
        assert (workshop.scene, workshop.step, workshop.blank, workshop.held is not None) == (
            model.scene, model.step, model.blank, model.held)
        assert (workshop.policy, workshop.notice, workshop.archived) == (model.level, model.notice, model.archived)
        assert (workshop.collection("answers") is not None) == (model.phase == "answering")

    def people_are_counted_exactly(self) -> None:
        model, counts = self.model, counted(self.sessions, self.code)
        shown = finished_told(model.finished, model.level, is_open=model.phase == "answering")
        assert (counts.joined, counts.finished) == (model.joined, shown)
        if shown != model.finished:
            self.saw("R12: finished goes in fives")
        for name in (*NAMES[:6], STRANGER):
            self.seat_is_right(name, model.people.get(name))

    def seat_is_right(self, name: str, person: Person | None) -> None:
        seat = self.sessions.seat(self.code, name)
        assert (seat is None) == (person is None)
        if seat and person:
            assert (seat.finished, seat.used, seat.forgotten, seat.sent_before, seat.used_before) == (
                person.finished, person.release is not None, person.gone, person.sent_before, person.used_before)

    def everybody_is_told_the_same_counts(self) -> None:
        if self.phase == "sealed":
            return
        model = self.model
        told = self.sessions.counts(self.code)
        shown = finished_told(model.finished, model.level, is_open=model.phase == "answering")
        assert (told.joined, told.finished) == (model.joined, shown)
        assert self.sessions.state(self.code)["counts"] == {"joined": model.joined, "finished": shown}
        then = {"joined": model.rounds[model.round].seats} if model.round else {}
        assert self.sessions.state(self.code, for_phone=True)["counts"] == then
        facts = self.sessions.facts(self.code)
        on_stage = (model.joined, shown) if model.scene in COUNTING else (0, 0)
        assert model.held or model.blank or (facts.joined, facts.finished) == on_stage

    def keys_and_rows_are_those_that_are_needed(self) -> None:
        workshop, model = self.sessions.workshop(self.code), self.model
        veils = range(1, model.round + 1) if model.dark and not model.revealed else ()
        needed = {f"secret-{workshop.id}", *(f"veil-{workshop.id}-{number}" for number in veils)}
        kept = {one.key for one in workshop.collections} | (needed if model.phase != "sealed" else set())
        assert set(self.sessions.vault.names()) == kept
        assert self.rows("select count(*) from seats") == [(model.joined,)]
        wanted = {one.id: len(model.collections.get(one.kind, ())) for one in workshop.collections}
        for id in wanted:
            if id.endswith("answers"):
                wanted[id] = model.finished
            if id.endswith("words") and model.waiting:
                wanted[id] = 1
        assert dict(self.rows("select collection, count(*) from entries group by collection")) == {
            id: count for id, count in wanted.items() if count}

    def only_what_was_released_is_published_and_all_of_it(self) -> None:
        for number, here in self.model.rounds.items():
            round = self.sessions.store.round(self.sessions.workshop(self.code), number)
            assert (round.n, round.releases, round.final) == (here.n, len(here.taken), here.final)
            assert round.then_now == here.then_now
            self.tables_are_of(LIGHT if not self.model.revealed else (*LIGHT, *DARK), number, round.tables)
            tables = (*round.tables, *(self.veiled() if number == self.model.round else ()))
            for table in tables:
                if table.kind == "item" and table.counts is not None:
                    counts_are_exact(table, here)
                elif table.kind == "item":
                    is_held_back(here, round.n)
            groups_are_large_and_alike(replace(round, tables=tables), here)
            self.watch.look(replace(round, tables=tables), here, self.model.level)

    def tables_are_of(self, poles: Sequence[str], number: int, tables: Sequence[PublishedTable]) -> None:
        """Of each of these sides, and R14: of no other."""
        items = self.sessions.questionnaire(self.sessions.workshop(self.code)).items
        ids = {item.id for item in items if item.pole in poles}
        assert {table.id for table in tables if table.kind == "item"} == (ids if self.model.rounds[number].n else set())

    def veiled(self) -> Sequence[PublishedTable]:
        """The dark tables of the round as they lie locked: they keep the rules too."""
        model, sessions, workshop = self.model, self.sessions, self.sessions.workshop(self.code)
        if not model.dark or model.revealed or model.phase == "sealed":
            return ()
        tables: Sequence[PublishedTable] = sessions.store.transact(
            lambda tx: _veiled(Act(sessions._ground, tx, self.clock.now, workshop), model.round)).result(10)
        self.tables_are_of(DARK, model.round, tables)
        if any(table.counts for table in tables):
            self.saw("R14: tables lie locked")
        return tables

    def nothing_that_is_not_released_is_outside(self) -> None:
        self.seen = said = self.seen or self.outside()
        assert not [word for word in self.model.collections.get("words", {}).values() if word in said]
        assert not [phone for phone in self.secrets() if phone in said]
        for number in self.model.rounds:
            snapshot = self.sessions.snapshot(self.code, number)
            shows_no_more_than_so_many_carry(snapshot)
            poles = {one.pole for one in snapshot.items} | {pole.id for pole in snapshot.poles}
            assert self.model.revealed or poles <= set(LIGHT)
            if self.phase != "sealed":
                self.phones_see_what_the_stage_saw(number)

    def phones_see_what_the_stage_saw(self, number: int) -> None:
        """That, and nothing else. Looked at where anything of it has changed."""
        snapshot, seen = self.sessions.snapshot(self.code, number), self.model.shown.get(number, set())
        state = snapshot, frozenset(seen), self.sessions.workshop(self.code).shown.get(str(number))
        if self.compared.get(number) == state:
            return
        self.compared[number] = state
        shown, whole = self.sessions.shown(self.code, number), to_json(snapshot)
        poles = {*(LIGHT if "light" in seen else ()), *(DARK if "dark" in seen else ())}
        assert shown["items"] == [item for item in whole["items"] if item["pole"] in poles]
        assert shown["poles"] == [pole for pole in whole["poles"] if pole["id"] in poles]
        for part in ("plane", "edges", "words"):
            assert shown[part] == (whole[part] if part in seen else None)
        assert shown["directions"] == (whole["directions"] if "then_now" in seen else None)
        assert shown["then_now"] == (whole["then_now"] and "then_now" in seen)
        if shown["items"]:
            self.saw("phones see what the stage saw")

    def what_is_held_stays_on_the_stage(self) -> None:
        if self.kept and self.model.held and not self.model.blank:
            assert self.on_stage() == self.kept

    def after_the_seal_no_key_and_no_dark_table_is_left(self) -> None:
        if self.phase == "sealed":
            assert self.sessions.vault.names() == ()
            assert self.rows("select (select count(*) from veiled) + (select count(*) from entries)") == [(0,)]
