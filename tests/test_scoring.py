"""One response, scored: the reference cases, the published worked examples and the laws the index keeps."""

import doctest
from dataclasses import replace
from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from workshop import scoring
from workshop.errors import Invalid
from workshop.inventory import Questionnaire, Scale, load_library
from workshop.scoring import LIGHT_LINE, leg, mean_answered, near, profile, reach, region, unsettled

BALANCE = load_library().inventories["balance"]
PERCENT = some.integers(0, 400).map(lambda quarter: Fraction(quarter, 4))
ABOVE_ZERO = some.integers(1, 400).map(lambda quarter: Fraction(quarter, 4))
CALM = (Fraction(0), Fraction(0))


@pytest.fixture(scope="module")
def standard() -> Questionnaire:
    return BALANCE.questionnaire("standard", "team", True, "en")


@pytest.fixture(scope="module")
def deep() -> Questionnaire:
    return BALANCE.questionnaire("deep", "team", True, "en")


def raw(questionnaire: Questionnaire, **keyed: list[int | None] | int) -> dict[str, int | None]:
    """Raw answers whose keyed values, pole by pole in inventory order, are these; one number for a whole pole."""
    answers: dict[str, int | None] = {}
    for pole, values in keyed.items():
        items = questionnaire.of_pole(pole)
        for item, y in zip(items, [values] * len(items) if isinstance(values, int) else values, strict=True):
            answers[item.id] = y if y is None or item.keyed == 1 else questionnaire.scale.points + 1 - y
    return answers


# Keyed answers and expected scores: reference_numbers.json, "scoring_keyed_answers", as computed there in Python.
REFERENCE = {
    "all middle": (
        {"DL": [3] * 8, "IL": [3] * 8, "DD": [3] * 3, "ID": [3] * 3, "RD": [3], "RI": [3]},
        {"D": 50.0, "I": 50.0, "S_D": 50.0, "S_I": 50.0, "lean": 0.0, "floor_light": 50.0, "leg_D": 37.5,
         "leg_I": 37.5, "reach": 37.5, "index_gm": 37.5, "region": "finding footing"}),
    "both strong, at peace": (
        {"DL": [4, 5, 4, 4, 5, 4, 4, 4], "IL": [4, 4, 5, 4, 4, 4, 5, 4], "DD": [2, 1, 2], "ID": [1, 2, 1], "RD": [4],
         "RI": [5]},
        {"D": 81.25, "I": 81.25, "S_D": 18.75, "S_I": 6.25, "lean": 0.0, "floor_light": 81.25, "leg_D": 73.6328,
         "leg_I": 78.7109, "reach": 73.6328, "index_gm": 76.1295, "region": "moving toward interdependence"}),
    "leaning": (
        {"DL": [5, 5, 5, 4, 4, 5, 4, 5], "IL": [2, 2, 3, 2, 1, 3, 2, 2], "DD": [3, 4, 4], "ID": [1, 2, 1], "RD": [3],
         "RI": [2]},
        {"D": 90.625, "I": 28.125, "S_D": 62.5, "S_I": 25.0, "lean": 62.5, "floor_light": 28.125, "leg_D": 62.3047,
         "leg_I": 24.6094, "reach": 24.6094, "index_gm": 39.1571, "region": "leaning on others"}),
    "three light answers missing -> no D": (
        {"DL": [4, None, None, None, 4, 4, 4, 4], "IL": [4] * 8, "DD": [2] * 3, "ID": [2] * 3, "RD": [4], "RI": [4]},
        {"D": None, "I": 75.0, "S_D": 25.0, "S_I": 25.0}),
}


def by_reference_name(questionnaire: Questionnaire, answers: dict[str, int | None]) -> dict[str, object]:
    """A profile under the names of the reference numbers."""
    scored = profile(questionnaire, answers)
    return {
        "D": scored.poles["DL"], "I": scored.poles["IL"], "S_D": scored.shadows["D"], "S_I": scored.shadows["I"],
        "lean": scored.lean, "floor_light": scored.floor, "leg_D": scored.legs["D"], "leg_I": scored.legs["I"],
        "reach": scored.reach, "index_gm": profile(questionnaire, answers, "geometric").reach,
        "region": scored.region and scored.region.replace("_", " "),
    }


@pytest.mark.parametrize("case", REFERENCE)
def test_a_response_scores_as_in_the_reference(standard, case):
    keyed, expected = REFERENCE[case]
    scored = by_reference_name(standard, raw(standard, **keyed))
    for name, value in expected.items():
        assert scored[name] == (pytest.approx(value, abs=5e-5) if isinstance(value, float) else value), name


def test_the_formulas_hold_in_their_own_examples():
    found = doctest.testmod(scoring)
    assert found.attempted >= 8
    assert found.failed == 0


# ---- the laws of the index (domain description, "Properties to test")


@given(PERCENT)
def test_two_equal_legs_without_shadow_reach_their_own_height(c):
    assert reach(leg(c, Fraction(0)), leg(c, Fraction(0))) == c


@given(PERCENT, PERCENT, PERCENT)
def test_without_one_side_there_is_no_reach(other, shadow_d, shadow_i):
    assert reach(leg(Fraction(0), shadow_d), leg(other, shadow_i)) == 0
    assert reach(leg(other, shadow_d), leg(Fraction(0), shadow_i)) == 0


@given(PERCENT, PERCENT, PERCENT, PERCENT, ABOVE_ZERO)
def test_reach_never_falls_when_a_light_side_grows_nor_rises_with_a_shadow(dl, il, s_d, s_i, more):
    here = reach(leg(dl, s_d), leg(il, s_i))
    assert reach(leg(min(dl + more, Fraction(100)), s_d), leg(il, s_i)) >= here
    assert reach(leg(dl, s_d), leg(min(il + more, Fraction(100)), s_i)) >= here
    assert reach(leg(dl, min(s_d + more, Fraction(100))), leg(il, s_i)) <= here
    assert reach(leg(dl, s_d), leg(il, min(s_i + more, Fraction(100)))) <= here


@given(ABOVE_ZERO, PERCENT, ABOVE_ZERO)
def test_a_leg_grows_with_its_light_side_and_shrinks_with_its_shadow(pole, shadow, more):
    assert leg(pole + more, shadow) > leg(pole, shadow)
    assert leg(pole, shadow + more) < leg(pole, shadow)


@given(PERCENT, PERCENT, PERCENT, PERCENT)
def test_the_two_sides_can_be_swapped(dl, il, s_d, s_i):
    for way in ("minimum", "geometric"):
        assert reach(leg(dl, s_d), leg(il, s_i), way) == reach(leg(il, s_i), leg(dl, s_d), way)


@given(PERCENT, PERCENT)
def test_reach_is_at_most_the_geometric_and_that_at_most_the_arithmetic_mean(leg_d, leg_i):
    lowest, middle = reach(leg_d, leg_i), reach(leg_d, leg_i, "geometric")
    assert float(lowest) <= middle + 1e-9
    assert middle <= float(leg_d + leg_i) / 2 + 1e-9


@given(ABOVE_ZERO)
def test_a_full_shadow_halves_a_leg(pole):
    assert leg(pole, Fraction(100)) == pole / 2


def test_in_between_is_no_further_level():
    assert reach(Fraction(50), Fraction(50)) < reach(Fraction(80), Fraction(80))
    assert reach(Fraction(90), Fraction(20)) < reach(Fraction(55), Fraction(55))


def test_people_are_scored_before_they_are_put_together():
    # Half leaners (90, 20), half standers (20, 90): everyone reaches 20, their means 55; domain description,
    # "Aggregate after scoring".
    room = [(Fraction(90), Fraction(20)), (Fraction(20), Fraction(90))] * 4
    assert {reach(dl, il) for dl, il in room} == {20}
    means = [sum(side, Fraction()) / len(room) for side in zip(*room, strict=True)]
    assert reach(*means) == 55


@settings(deadline=None)
@given(some.integers(1, 5), some.integers(1, 5), some.integers(1, 5))
def test_poles_are_balanced_however_low_yet_reach_tells_low_from_high(light, dark, peace):
    standard = BALANCE.questionnaire("standard", "team", True, "en")
    scored = profile(standard, raw(standard, DL=light, IL=light, DD=dark, ID=dark, RD=peace, RI=peace))
    assert scored.lean == 0
    assert scored.reach == scored.legs["D"] == scored.legs["I"] == leg(scored.poles["DL"], scored.shadows["D"])


@settings(deadline=None)
@given(some.data())
def test_every_score_of_every_response_stays_between_nought_and_a_hundred(data):
    asked = BALANCE.questionnaire(data.draw(some.sampled_from(["short", "standard", "deep"])), "team",
                                  data.draw(some.booleans()), "en")
    point = some.none() | some.integers(1, 5)
    scored = profile(asked, data.draw(some.fixed_dictionaries({}, optional=dict.fromkeys(asked.ids, point))))
    scores = [*scored.poles.values(), *scored.shadows.values(), *scored.legs.values(), *scored.facets.values(),
              scored.reach, scored.floor]
    assert all(score is None or 0 <= score <= 100 for score in scores)
    assert len(scored.edges) <= 3
    assert scored.region is None or scored.region not in scored.near


# ---- answers, skips, scales


@pytest.mark.parametrize(("items", "needed"), [(8, 6), (4, 3), (3, 2), (2, 2), (1, 1), (16, 11)])
def test_a_score_needs_two_thirds_of_its_items(items, needed):
    # Domain description, "answered rule".
    skipped = items - needed
    assert mean_answered([Fraction(75)] * needed + [None] * skipped) == 75
    assert mean_answered([Fraction(75)] * (needed - 1) + [None] * (skipped + 1)) is None


def test_a_skipped_item_is_left_out_and_never_filled_in(standard):
    answers = raw(standard, DL=[5, 5, 5, 5, 5, 4, None, None], IL=4)
    assert profile(standard, answers).poles["DL"] == Fraction(575, 6)
    assert profile(standard, answers).facets["D7"] is None


def test_nothing_answered_gives_an_empty_profile_and_no_error(standard):
    empty = profile(standard, {})
    assert {*empty.poles.values(), *empty.shadows.values(), *empty.facets.values(), empty.region} == {None}
    assert (empty.edges, empty.next_edge, empty.signals, empty.unfinished, empty.strengths) == ((), False, (), (), ())


def test_a_shadow_weighs_every_item_the_same_and_turns_peace_round(standard):
    # (0 + 0 + 0 + (100 - 0)) / 4, where a mean of two means would give 50.
    assert profile(standard, raw(standard, DD=1, RD=1)).shadows["D"] == 25


def test_a_shadow_needs_two_thirds_of_dark_and_peace_items_together(standard):
    assert profile(standard, raw(standard, DD=[3, 3, None], RD=3)).shadows["D"] == 50
    assert profile(standard, raw(standard, DD=[3, 3, None], RD=[None])).shadows["D"] is None


def test_reversed_statements_are_turned_round_once(standard):
    often_yes_when_no = profile(standard, {"I5A": 4})
    assert often_yes_when_no.facets["I5"] == 25


def test_seven_points_reach_from_nought_to_a_hundred_too(standard):
    asked = replace(standard, scale=Scale(7, tuple("abcdefg")))
    assert [profile(asked, {"D1A": x}).facets["D1"] for x in (1, 4, 7)] == [0, 50, 100]
    assert profile(asked, {"D5A": 7}).facets["D5"] == 0


@pytest.mark.parametrize("answers", [{"D1A": 0}, {"D1A": 6}, {"D1B": 3}, {"nothing": 3}])
def test_an_answer_outside_the_questionnaire_is_refused(standard, answers):
    with pytest.raises(Invalid):
        profile(standard, answers)


# ---- edges, signals, what is unfinished


def test_edges_are_the_lowest_light_facets_at_sometimes_or_less_three_at_most(standard):
    scored = profile(standard, raw(standard, DL=[3, 1, 4, 4, 4, 4, 4, 3], IL=[2, 4, 4, 4, 4, 4, 4, 3]))
    assert (scored.edges, scored.next_edge) == (("D2", "I1", "D1"), False)


def test_where_nothing_is_low_the_lowest_three_are_the_next_edge(standard):
    scored = profile(standard, raw(standard, DL=[5, 5, 5, 5, 5, 5, 5, 4], IL=[4, 5, 5, 5, 5, 5, 5, 4]))
    assert (scored.edges, scored.next_edge) == (("D8", "I1", "I8"), True)


def test_one_low_facet_is_the_only_edge(standard):
    scored = profile(standard, raw(standard, DL=[3, 4, 4, 4, 4, 4, 4, 4], IL=5))
    assert (scored.edges, scored.next_edge) == (("D1",), False)


def test_a_dark_facet_from_sometimes_on_is_a_signal_with_its_antidote(standard):
    scored = profile(standard, raw(standard, DD=[3, 2, 5], ID=[1, 3, 2]))
    assert scored.signals == (("DD1", "I4"), ("DD3", "I1"), ("ID2", "D2"))


def test_a_signal_of_the_short_form_names_an_antidote_that_was_not_asked_about():
    short = BALANCE.questionnaire("short", "team", True, "en")
    assert profile(short, {"DD1A": 5}).signals == (("DD1", "I4"),)
    assert "I4" in short.facets


def test_peace_at_sometimes_or_less_is_unfinished(standard):
    assert profile(standard, raw(standard, RD=3, RI=4)).unfinished == ("RD",)


def test_strengths_come_in_the_order_of_ones_own_mean(standard):
    scored = profile(standard, raw(standard, DL=[5, 3, 3, 3, 3, 3, 3, 3], IL=[3, 4, 3, 3, 3, 3, 3, 1]))
    assert [id for id, _ in scored.strengths][:3] == ["D1", "I2", "D2"]
    assert scored.strengths[-1][0] == "I8"
    assert sum((deviation for _, deviation in scored.strengths), Fraction()) == 0


def test_a_facet_of_two_items_is_their_mean_and_needs_both(deep):
    assert profile(deep, {"D1A": 5, "D1B": 4}).facets["D1"] == Fraction(175, 2)
    assert profile(deep, {"D1A": 5, "D1B": None}).facets["D1"] is None


# ---- regions

LOW, HIGH = LIGHT_LINE - Fraction(1, 100), LIGHT_LINE


@pytest.mark.parametrize(("dl", "il", "shadows", "expected"), [
    (LOW, LOW, CALM, "finding_footing"),
    (HIGH, LOW, CALM, "leaning_on_others"),
    (LOW, HIGH, CALM, "standing_alone"),
    (HIGH, HIGH, (Fraction(50), Fraction(0)), "something_unsettled"),
    (HIGH, HIGH, (Fraction(0), Fraction(50)), "something_unsettled"),
    (HIGH, HIGH, (Fraction(4999, 100), Fraction(4999, 100)), "moving_toward_interdependence"),
    (HIGH, HIGH, (Fraction(0), None), None),
    (HIGH, HIGH, (Fraction(50), None), "something_unsettled"),
    (HIGH, LOW, (None, None), "leaning_on_others"),
    (None, HIGH, CALM, None),
])
def test_the_lines_between_regions_belong_to_the_higher_one(dl, il, shadows, expected):
    # T = 62.5 on the light sides, S* = 50 on the shadows: domain description, "Regions".
    assert region(dl, il, shadows) == expected


def test_exactly_on_the_line_is_on_the_line_in_every_sum_of_answers(deep):
    # Eight items at 4 and eight at 3: the mean of 75 and 50.
    scored = profile(deep, raw(deep, DL=[4, 3] * 8, IL=[3, 4] * 8, DD=1, ID=1, RD=5, RI=5))
    assert scored.poles["DL"] == scored.poles["IL"] == LIGHT_LINE
    assert scored.region == "moving_toward_interdependence"


def test_the_short_form_gives_no_region():
    short = BALANCE.questionnaire("short", "team", True, "en")
    scored = profile(short, raw(short, DL=5, IL=5, DD=1, ID=1, RD=5, RI=5))
    assert (scored.reach, scored.region, scored.near) == (100, None, ())


def test_without_dark_items_there_are_no_shadows_no_reach_and_no_region():
    light = BALANCE.questionnaire("standard", "team", False, "en")
    scored = profile(light, raw(light, DL=5, IL=4))
    assert scored.poles == {"DL": 100, "IL": 75, "DD": None, "ID": None}
    assert (scored.floor, scored.lean) == (75, 25)
    assert {*scored.shadows.values(), *scored.legs.values(), scored.reach, scored.region} == {None}
    leaning = profile(light, raw(light, DL=5, IL=2))
    assert (scored.near, leaning.region, leaning.near) == ((), None, ())


@pytest.mark.parametrize(("dl", "il", "expected"), [
    (Fraction(70), Fraction(70), ()),
    (Fraction(6999, 100), Fraction(90), ("standing_alone",)),
    (Fraction(90), Fraction(5501, 100), ("moving_toward_interdependence",)),
    (Fraction(90), Fraction(55), ()),
    (Fraction(64), Fraction(62), ("moving_toward_interdependence", "finding_footing", "standing_alone")),
])
def test_a_line_nearer_than_one_standard_error_has_both_sides_named(dl, il, expected):
    # SEM of the standard form 7.5 points: domain description, "How sure is a region".
    assert near(dl, il, CALM, Fraction(15, 2)) == expected


def test_skipped_dark_items_leave_open_what_is_across_the_line(standard):
    # DL is 68.75 and 56.25: 6.25 from the line.
    high = profile(standard, raw(standard, DL=[4] * 6 + [3] * 2, IL=5))
    low = profile(standard, raw(standard, DL=[3] * 6 + [4] * 2, IL=5))
    assert (high.region, high.near) == (None, ("standing_alone",))
    assert (low.region, low.near) == ("standing_alone", (None,))


def test_the_deep_form_is_surer_of_its_region_than_the_standard_form(standard, deep):
    near_line = {"DL": 5, "DD": 1, "ID": 1, "RD": 5, "RI": 5}
    # IL is 68.75 both times: 6.25 from the line, inside 7.5 and outside 5.
    assert profile(standard, raw(standard, IL=[4] * 6 + [3] * 2, **near_line)).near == ("leaning_on_others",)
    assert profile(deep, raw(deep, IL=[4] * 12 + [3] * 4, **near_line)).near == ()


def test_an_unknown_shadow_leaves_the_other_half_unsettled_only_where_it_matters():
    assert unsettled(()) is None
    assert unsettled((None, Fraction(80))) is True
    assert unsettled(CALM) is False


@given(ABOVE_ZERO, ABOVE_ZERO)
def test_the_geometric_option_is_the_root_of_the_product(leg_d, leg_i):
    assert reach(leg_d, leg_i, "geometric") == pytest.approx(sqrt(float(leg_d) * float(leg_i)))
