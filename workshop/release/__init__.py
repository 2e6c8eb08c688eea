"""Pure: which tables may be published, when, and what n may show (the rules R1 to R14 of docs/privacy.md)."""

from workshop.release.elsewhere import Grown, Parted, Statement, Told, could_be_elsewhere
from workshop.release.grouping import Grouped, GroupedScores, grouped_items, grouped_poles, may_group, may_group_pole
from workshop.release.levels import Level, Policy, enough_seats, policy, raised
from workshop.release.pooled import PooledTally, pooled_table
from workshop.release.rectangles import Cell, Plane, plane
from workshop.release.rounds import finished_shown, grows, may_close, may_release, then_now
from workshop.release.scores import ScoreTable, median_and_middle, pole_limits, pole_shown, pole_table
from workshop.release.showing import Showing, dark_allowed, shows
from workshop.release.tables import (
    Bins,
    Counts,
    Table,
    classes_of,
    grown_item_table,
    item_table,
    low_middle_high,
    may_retry,
    next_item_table,
    passes,
)
from workshop.release.taps import directions, edges, enough_words

__all__ = [
    "Bins", "Cell", "Counts", "Grouped", "GroupedScores", "Grown", "Level", "Parted", "Plane", "Policy", "PooledTally",
    "ScoreTable", "Showing", "Statement", "Table", "Told", "classes_of", "could_be_elsewhere", "dark_allowed",
    "directions", "edges", "enough_seats", "enough_words", "finished_shown", "grouped_items", "grouped_poles",
    "grown_item_table", "grows", "item_table", "low_middle_high", "may_close", "may_group", "may_group_pole",
    "may_release", "may_retry", "median_and_middle", "next_item_table", "passes", "plane", "pole_limits", "pole_shown",
    "pole_table", "policy", "pooled_table", "raised", "shows", "then_now",
]
