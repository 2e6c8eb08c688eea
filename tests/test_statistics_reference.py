"""Every number of reference_numbers.json, computed here; each row names where the number was seen.

`uv run pytest tests/test_statistics_reference.py -rP -k every_number` prints the table.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from test_scoring import BALANCE, by_reference_name, raw

from workshop import statistics as ours

KNOWN = json.loads((Path(__file__).parent / "reference_numbers.json").read_text("utf-8"))
MATRIX = KNOWN["matrix_12x6"]
FIRST_FOUR = [row[:4] for row in MATRIX]

# Twelve people, eleven yes-or-no items, "." skipped: the worked example of real-statistics.com (Cronbach's alpha)
# that the documentation of pingouin computes with.
YES_NO = [[None if one == "." else int(one) for one in row] for row in (
    "11111111111", "11111111010", ".011.111100", "11101101100", "11111000100", "01.01111000",
    "11110010000", "11111000000", "01011000010", "10010100.00", "11100000000", "10010000000")]

INPUTS = {"about", "matrix_12x6", "per_item_R_items", "freq", "loadings", "x", "y", "counts", "case", "source", "note",
          "DL", "IL", "DD", "ID", "RD", "RI"}
R = "R: multilevel, psych, agrmt"
EXACT = 1e-9

@dataclass(frozen=True)
class Row:
    """One number by its place in the file; `within` is half its last printed digit, or EXACT where it has an end."""

    place: tuple[str | int, ...]
    got: float | str | None
    origin: str
    within: float = EXACT

    @property
    def expected(self) -> float | str | None:
        value = KNOWN
        for key in self.place:
            value = value[key]
        return value

    @property
    def difference(self) -> float:
        if isinstance(self.expected, float | int) and isinstance(self.got, float | int):
            return self.got - self.expected
        return 0.0 if self.got == self.expected else float("inf")

    def __str__(self) -> str:
        name = ".".join(map(str, self.place))
        got = f"{self.got:.10g}" if isinstance(self.got, float | int) else str(self.got)
        difference = f"{self.difference:>9.1e} (<= {self.within:.0e})"
        return f"{name:58} {self.expected!s:>22} {got:>22} {difference}  {self.origin}"


def printed(digits: int) -> float:
    """Half of the last of so many decimals."""
    return 0.5000001 * 10**-digits


def counted(item: int) -> list[int]:
    """People by point for one column of the matrix."""
    return [Counter(row[item] for row in MATRIX)[point] for point in range(1, 6)]


def items() -> Iterator[Row]:
    measures = {"A": ours.van_der_eijk_a, "IOV": ours.iov, "rwg_raw": ours.r_wg, "awg": ours.a_wg,
                "AD_mean": ours.ad_mean, "AD_median": ours.ad_median}
    for at, item in enumerate(KNOWN["per_item_R_items"]):
        for name, measure in measures.items():
            yield Row(("per_item_R", at, name), measure(counted(item - 1)), R, printed(9))


def scale() -> Iterator[Row]:
    counts = [counted(item) for item in range(4)]
    spread = ours.covariances(FIRST_FOUR)
    correlated = ours.correlations(spread)
    got = {
        "rwgj": ours.r_wg_j(counts), "rstar_wgj": ours.r_star_wg_j(counts),
        "awgj": sum(ours.a_wg(one) for one in counts) / 4, "ADm_j": sum(map(ours.ad_mean, counts)) / 4,
        "ADmd_j": sum(map(ours.ad_median, counts)) / 4, "alpha": ours.alpha_of(spread),
        "omega_1f_ml_std": ours.omega(ours.ml_loadings(correlated)),
        "omega_1f_minres_std": ours.omega(ours.minres_loadings(correlated)),
    }
    for name, value in got.items():
        # The two omegas come out of R's minimiser, which stops when it is near enough.
        yield Row(("scale_i1_i4_R", name), value, R, 1e-6 if "omega" in name else printed(9))


def omega() -> Iterator[Row]:
    loadings = KNOWN["omega_analytic"]["loadings"]
    correlated = [[1.0 if i == j else a * b for j, b in enumerate(loadings)] for i, a in enumerate(loadings)]
    yield Row(("omega_analytic", "omega"), ours.omega(loadings), "algebra, R psych", printed(9))
    yield Row(("omega_analytic", "alpha_std"), ours.alpha_of(correlated), "algebra, R psych", printed(9))


def ordered() -> Iterator[Row]:
    seen = ("R agrmt; van der Eijk 2001 p. 331", "R agrmt vignette, PvdA", "all alike", "half at each end", "R agrmt")
    for at, (case, origin) in enumerate(zip(KNOWN["van_der_eijk"], seen, strict=True)):
        for name in [key for key in case if key not in INPUTS]:
            value = (ours.polarisation if name == "pol" else ours.van_der_eijk_a)(case["freq"])
            yield Row(("van_der_eijk", at, name), value, origin, printed(2) if case[name] == 0.61 else printed(7))
    freq = KNOWN["iov_vs_agrmt"]["freq"]
    measures = {"BerryMielke_IOV": ours.iov, "lsquared": ours.l_squared, "Leik": ours.leik,
                "consensus_TW": ours.consensus}
    for name, measure in measures.items():
        yield Row(("iov_vs_agrmt", name), measure(freq), "R agrmt help pages", printed(7))


def cronbach() -> Iterator[Row]:
    origin = "pingouin documentation"
    middles = [median(x for x in column if x is not None) for column in zip(*YES_NO, strict=True)]
    filled = [[middle if x is None else x for x, middle in zip(row, middles, strict=True)] for row in YES_NO]
    pairs, whole = (ours.alpha_of(ours.covariances(YES_NO, pairwise=p)) for p in (True, False))
    complete = sum(None not in row for row in YES_NO)
    section = "cronbach_pingouin_docs"
    yield Row((section, "pairwise"), pairs, origin, 1e-12)
    yield Row((section, "listwise"), whole, origin, 1e-12)
    yield Row((section, "median_imputed"), ours.alpha_of(ours.covariances(filled)), origin, 1e-12)
    for name, alpha, n in (("pairwise_ci", pairs, 12), ("listwise_ci_documented_but_wrong_n", whole, 12),
                           ("listwise_ci_with_n9", whole, complete)):
        ends = ours.alpha_interval(alpha, n, 11)
        yield Row((section, name, 0), ends.low, origin, printed(3))
        yield Row((section, name, 1), ends.high, origin, printed(3))


def wilson() -> Iterator[Row]:
    for case in KNOWN["wilson"]:
        found = ours.wilson(*map(int, case.split("/")))
        yield Row(("wilson", case, 0), found.low, "scipy; cases of Newcombe 1998", printed(4))
        yield Row(("wilson", case, 1), found.high, "scipy; cases of Newcombe 1998", printed(4))


def change() -> Iterator[Row]:
    before, after = KNOWN["d_av"]["y"], KNOWN["d_av"]["x"]
    d, mean = ours.d_av(before, after), ours.paired_change(before, after)
    yield Row(("d_av", "d_av"), d, "pingouin documentation", printed(7))
    yield Row(("d_av", "g_df_n_minus_1_exact"), ours.g_av(before, after), "run with the exact factor", printed(7))
    # pingouin takes the factor of two separate groups, in its short form.
    yield Row(("d_av", "g_pingouin_df12"), d * (1 - 3 / (4 * 12 - 1)), "pingouin documentation", printed(7))
    yield Row(("d_av", "paired_t"), ours.paired_t(before, after), "pingouin documentation", printed(6))
    yield Row(("d_av", "mean_diff_ci", 0), mean.low, "pingouin, two decimals", printed(2))
    yield Row(("d_av", "mean_diff_ci", 1), mean.high, "pingouin, two decimals", printed(2))


def arms() -> Iterator[Row]:
    case, origin = KNOWN["likert_profchal_all"], "R HH, ProfChal row 1"
    found = ours.arms(case["counts"])
    yield Row(("likert_profchal_all", "left"), 100 * found.left, origin, printed(4))
    yield Row(("likert_profchal_all", "right"), 100 * found.right, origin, printed(4))
    for at, n in enumerate(case["counts"]):
        yield Row(("likert_profchal_all", "percent", at), 100 * n / sum(case["counts"]), origin, printed(4))


def scores() -> Iterator[Row]:
    asked = BALANCE.questionnaire("standard", "team", True, "en")
    for at, case in enumerate(KNOWN["scoring_keyed_answers"]):
        keyed = {pole: case[pole] for pole in ("DL", "IL", "DD", "ID", "RD", "RI")}
        got = by_reference_name(asked, raw(asked, **keyed))
        for name in case["expect"]:
            value = got[name] if isinstance(got[name], str | None) else float(got[name])
            yield Row(("scoring_keyed_answers", at, "expect", name), value, "run in Python", printed(4))


def rows() -> list[Row]:
    """Every number, section by section."""
    sections = (items, scale, omega, ordered, cronbach, wilson, change, arms, scores)
    return [row for section in sections for row in section()]


def leaves(value: object, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The places of all numbers that are not inputs."""
    inside = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    if not isinstance(value, Mapping | list):
        yield place
    for key, part in inside:
        if key not in INPUTS:
            yield from leaves(part, (*place, key))


def test_every_number_of_the_reference_is_met_in_all_its_digits():
    table = rows()
    print(f"{'number':58} {'expected':>22} {'got':>22} difference (allowed)  origin", *table, sep="\n")
    assert [str(row) for row in table if abs(row.difference) > row.within] == []


def test_no_number_of_the_reference_is_left_out():
    places = [row.place for row in rows()]
    assert sorted(map(str, places)) == sorted(map(str, leaves(KNOWN)))


def test_the_frequencies_of_the_reference_are_those_of_its_matrix():
    for item, known in zip(KNOWN["per_item_R_items"], KNOWN["per_item_R"], strict=True):
        assert counted(item - 1) == known["freq"]
