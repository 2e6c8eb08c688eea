"""What a number of people may carry on the facilitator's results page: the same table as everywhere else, held over
pages of real closed rounds. Expected values: the table "what n may carry" of docs/privacy.md."""

import re
from collections.abc import Iterator

import pytest
from rooms import Clock, new_room
from streamlit.testing.v1 import AppTest
from test_console import console
from test_what_n_carries import DARK, ENGLISH, TABLE, Carries, closed_room

from pages import gate
from workshop import house as houses
from workshop.house import House

CELLS = [*(("held", n) for n in (4, 7, 8, 11, 12, 15, 16, 29, 30)), ("blocks", 7), ("open", 2), ("open", 4)]
CONSOLE = ENGLISH.table("console")
SHAPES = {kind: tuple(words[kind] for words in CONSOLE["shape"].values()) for kind in ("name", "told")}
BETWEEN = re.compile(CONSOLE["facets"]["between"].format(low="[0-9.]+", high="[0-9.]+"))
MIDDLE = CONSOLE["facets"]["middle"].partition("{")[0]


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[House]:
    """One house for all rooms here; its console is signed in."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("BOTHAND_KEYS", "BOTHAND_PUBLIC_URL", "BOTHAND_FACILITATOR_KEY", "BOTHAND_PORT"):
            patch.delenv(name, raising=False)
        patch.setenv("BOTHAND_DATABASE", str(tmp_path_factory.mktemp("house") / "bothand.duckdb"))
        houses.house.cache_clear()
        one = houses.house()
        session = one.signin.redeem(one.signin.one_time().rpartition("/")[2])
        patch.setattr(gate, "session", lambda: session)
        yield one
        one.close()
        houses.house.cache_clear()


def seen(at: AppTest) -> tuple[list[str], list[list[str]]]:
    """Every text of a page, apart from what it offers to take home, and every row of its tables with their heads."""
    parts = (*at.text, *at.markdown, *at.caption, *at.header)
    alts = [chart.proto.alt for chart in at.get("plotly_chart")]
    rows = [[str(cell).replace("\\", "") for cell in row] for table in at.table
            for row in (table.value.columns, *table.value.to_numpy().tolist())]
    return [*(part.value for part in parts), *alts], rows


def counts(rows: list[list[str]], statements: tuple[str, ...]) -> list[list[str]]:
    """Rows that count people beside a statement."""
    return [row for row in rows if any(cell.startswith(statements) for cell in row)
            and any(cell.isdecimal() for cell in row)]


@pytest.mark.sample(5)
@pytest.mark.parametrize(("level", "n"), CELLS)
def test_the_results_page_shows_no_more_than_its_people_carry(house, level, n):
    may: Carries = TABLE[level][n]
    room = closed_room(house.sessions, Clock(), level, n)
    at = console("results", code=room.code)
    texts, rows = seen(at)
    asked = house.sessions.questionnaire(room.workshop)
    told = "\n".join(texts)
    assert (CONSOLE["results"]["nothing"] in texts) != may.anything
    assert may.numbers or "%" not in told + "".join(cell for row in rows for cell in row)
    assert any(cell == ENGLISH.text("export.numbers.alpha") for row in rows for cell in row) == may.numbers
    assert (CONSOLE["facets"]["numbers"] in texts) == may.numbers
    assert any(f"**{name}**" in told for name in SHAPES["name"]) == may.shape
    assert may.shape or not any(text in SHAPES["told"] for text in texts)
    assert any(BETWEEN.fullmatch(cell) for row in rows for cell in row) == (may.sides > 0)
    assert any(text.startswith(MIDDLE) for text in texts) == may.median
    light = tuple(item.text for item in asked.items if item.pole not in DARK)
    dark = tuple(item.text for item in asked.items if item.pole in DARK)
    assert bool(counts(rows, light)) == (may.items > 0)
    assert bool(counts(rows, dark)) == may.dark
    assert may.numbers or not re.search(r"\b(alpha|average|interval|r_?wg)\b", told.lower())
    house.sessions.forget_workshop(room.code).result(10)


@pytest.mark.parametrize(("inventory", "n"), [("team_climate", 40), ("team_climate", 29), ("balance", 40)])
def test_the_results_page_speaks_of_agreement_only_of_a_team_of_thirty_that_describes_itself(house, inventory, n):
    room = new_room(house.sessions, Clock(), n, is_open=True, inventory=inventory)
    room.answer_each()
    room.act("close_round")
    head = ENGLISH.text("export.numbers.agreement")
    tables = [table.value for table in console("results", code=room.code).table if head in table.value.columns]
    known = (room.snapshot.statistics or {}).get("agreement")
    assert bool(tables) == (known is not None) == (inventory == "team_climate" and n >= 30)
    if known:
        values = [float(value) for value in tables[0][ENGLISH.text("export.sheet.value")]]
        assert values == [*known["poles"].values(), *known["items"].values()]
        assert len(values) > 10
    house.sessions.forget_workshop(room.code).result(10)
