"""Edges, directions and words: what seats enter once a round is closed. Expected values: the rules R1, R13."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from workshop.release import Policy, directions, edges, enough_words, passes, policy

OPEN, BLOCKS, HELD = (policy(level, "team") for level in ("open", "blocks", "held"))
PARTNERS = policy("held", "partner")
policies = st.sampled_from([OPEN, BLOCKS, HELD, PARTNERS, policy("blocks", "partner")])


def test_edges_are_ranked_with_the_rest_as_others() -> None:
    taps = {"D1": 1, "D2": 4, "D3": 0, "I1": 6, "I2": 4, "I3": 1}
    assert edges(taps, HELD) == (("I1", 6), ("D2", 4), ("I2", 4), ("others", 2))


def test_others_of_one_takes_in_the_smallest_bar_and_among_equals_the_last_in_the_inventory() -> None:
    assert edges({"D1": 5, "D2": 2, "I1": 2, "I2": 1}, HELD) == (("D1", 5), ("D2", 2), ("others", 3))
    assert edges({"D1": 5, "D2": 3, "I1": 2, "I2": 1}, HELD) == (("D1", 5), ("D2", 3), ("others", 3))


def test_edges_hide_under_two_bars_and_under_k_entries() -> None:
    assert edges({"D1": 6, "D2": 0}, HELD) is None
    assert edges({"D1": 6, "D2": 1}, HELD) is None
    assert edges({f"D{one}": 1 for one in range(1, 9)}, HELD) is None
    assert edges({"D1": 2, "D2": 2}, HELD) is None
    assert edges({"D1": 3, "D2": 2}, HELD) == (("D1", 3), ("D2", 2))
    assert edges({}, HELD) is None


def test_a_single_tap_is_no_bar_in_open_either() -> None:
    assert edges({"D1": 2, "D2": 0, "I1": 3}, OPEN) == (("I1", 3), ("D1", 2))
    assert edges({"D1": 1, "I1": 3, "I2": 1}, OPEN) == (("I1", 3), ("others", 2))
    assert edges({"D1": 1, "D2": 0, "I1": 2}, OPEN) is None
    assert edges({"D1": 1, "I1": 1}, OPEN) is None
    assert edges({"D1": 3}, OPEN) is None


def test_a_bar_of_edges_holds_as_many_people_as_any_class_must() -> None:
    assert edges({"D1": 5, "D2": 2, "I1": 2}, PARTNERS) == (("D1", 5), ("others", 4))
    assert edges({"D1": 5, "D2": 4, "I1": 2}, BLOCKS) == (("D1", 5), ("others", 6))


@given(st.lists(st.integers(0, 9), max_size=16), policies)
def test_edges_lose_nobody_and_pass_the_rule_for_every_published_count(
        counts: list[int], now: Policy) -> None:
    taps = {f"F{index}": count for index, count in enumerate(counts)}
    drawn = edges(taps, now)
    if drawn is None:
        return
    assert sum(people for _, people in drawn) == sum(counts) >= now.k
    assert all(taps[facet] == people for facet, people in drawn if facet != "others")
    named = [people for facet, people in drawn if facet != "others"]
    assert named == sorted(named, reverse=True)
    bars = tuple(people for _, people in drawn)
    assert passes(bars, bars, now, first=True)
    assert len(bars) >= 2
    assert min(bars) >= max(2, now.tau)


@given(st.permutations(["D1", "D2", "D3", "I1", "I2", "I3"]))
def test_edges_without_equals_do_not_depend_on_the_inventory_order(order: list[str]) -> None:
    taps = {"D1": 11, "D2": 8, "D3": 5, "I1": 3, "I2": 1, "I3": 0}
    assert edges({facet: taps[facet] for facet in order}, HELD) == (
        ("D1", 11), ("D2", 8), ("D3", 5), ("others", 4))


def test_directions_are_shown_whole_or_not_at_all() -> None:
    assert directions(4, 2, 3, HELD) == (4, 2, 3)
    assert directions(4, 0, 3, HELD) == (4, 0, 3)
    assert directions(4, 1, 3, HELD) is None
    assert directions(9, 0, 0, HELD) is None
    assert directions(2, 0, 2, HELD) is None
    assert directions(6, 2, 3, PARTNERS) is None
    assert directions(1, 0, 2, OPEN) == (1, 0, 2)
    assert directions(1, 0, 1, OPEN) is None


def test_words_need_ten_entries() -> None:
    assert [enough_words(entries, HELD) for entries in (0, 9, 10)] == [False, False, True]
    assert not enough_words(9, OPEN)
    assert enough_words(10, PARTNERS)


def test_edges_tell_nobody_else_apart_in_any_small_room() -> None:
    # Every way that 5 to 8 people can tap 5 facets, as seen by a person who knows his own tap: some room
    # that looks the same to him has others who tapped differently.
    for now, people in product((HELD, PARTNERS), range(5, 9)):
        seen: dict[tuple[object, int], set[int | None]] = {}
        for counts in product(range(people + 1), repeat=5):
            if sum(counts) != people:
                continue
            drawn = edges({f"D{facet}": count for facet, count in enumerate(counts)}, now)
            for own in (facet for facet in range(5) if counts[facet]):
                others = {facet for facet in range(5) if counts[facet] > (facet == own)}
                seen.setdefault((drawn, own), set()).add(others.pop() if len(others) == 1 else None)
        assert all(alike == {None} or len(alike) > 1 for alike in seen.values())
