"""An inventory seen in the terminal as on a phone."""

import re

import pytest
from inventory_texts import ENGLISH, short_form_only

from workshop.__main__ import main
from workshop.errors import Invalid
from workshop.inventory import Inventory, in_order, load_library, preview, read_inventory
from workshop.settings import DATA


@pytest.fixture(scope="module")
def balance() -> Inventory:
    return load_library().inventories["balance"]


def test_a_preview_shows_what_can_be_chosen_and_what_is(balance):
    shown = preview(balance, "short", "family", "de")
    assert "--form      [short]  standard  deep" in shown
    assert "--context   partner  team  [family]  class" in shown
    assert "--language  en  [de]  fr  es" in shown
    assert shown.startswith("Beide Seiten (balance 1.0.0)\n24 Facetten")


def test_without_a_choice_it_is_the_standard_form_in_the_first_context_and_language(balance):
    assert preview(balance) == preview(balance, "standard", "partner", "en")
    small = read_inventory(short_form_only(ENGLISH), "ours.toml")
    assert "[short]" in preview(small)


def test_the_first_card_is_what_a_phone_shows(balance):
    card = re.search(r"┌─+\n(.+?)└─+\n", preview(balance, "deep", "class", "es"), re.DOTALL).group(1)
    lines = [line.removeprefix("│").strip() for line in card.splitlines()]
    asked = balance.questionnaire("deep", "class", True, "es")
    first = in_order(asked.items, "balance")[0]
    said = " ".join(lines)
    assert said.startswith(asked.stem)
    assert f"1 / 48 {first.text}" in said
    assert [line for line in lines if line.startswith("(")] == [f"( {anchor} )" for anchor in asked.scale.anchors]
    assert lines[-1] == "Skip"
    assert max(len(line) for line in lines) <= 40


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("form", ["short", "standard", "deep"])
def test_every_statement_is_listed_once_in_the_order_of_a_phone(balance, form, dark):
    asked = balance.questionnaire(form, "team", dark, "fr")
    shown = preview(balance, form, "team", "fr", dark=dark)
    listed = re.findall(r"^ *(\d+)  (\w+) ", shown, re.MULTILINE)
    assert [id for _, id in listed] == [item.id for item in in_order(asked.items, "balance")]
    assert [int(number) for number, _ in listed] == list(range(1, len(asked.items) + 1))
    assert ("--without-dark" in shown) == (not dark)
    together = re.sub(r"\n +(?=\S)", " ", shown)
    assert all(item.text in together for item in asked.items)


def test_reversed_and_doubtful_statements_are_marked_and_explained(balance):
    shown = preview(balance, "standard", "partner", "es")
    assert re.search(r"I8A +↓\? ", shown)
    assert re.search(r"D5A +↓ ", shown)
    assert "less is more: 4 of 24" in shown
    assert "item.I8A: “disgustarse con” is upset in Spain" in shown
    assert "doubtful" not in preview(read_inventory(ENGLISH, "ours.toml"))


def test_a_doubt_about_one_context_marks_that_context_alone(balance):
    assert re.search(r"ID1B +\?", preview(balance, "deep", "team", "en"))
    assert not re.search(r"ID1B +\?", preview(balance, "deep", "family", "en"))


@pytest.mark.parametrize("choice", [{"form": "long"}, {"context": "club"}, {"language": "xx"}])
def test_what_the_inventory_lacks_is_refused_with_the_choices(balance, choice):
    with pytest.raises(Invalid, match="Choose one of"):
        preview(balance, **choice)


@pytest.mark.parametrize("seed", [str(number) for number in range(50)])
def test_dark_statements_are_never_first_or_last_and_peace_comes_before_the_end(balance, seed):
    for form in balance.forms:
        poles = [item.pole for item in in_order(balance.questionnaire(form, "team", True, "en").items, seed)]
        light = {"DL", "IL"}
        assert poles[0] in light
        assert poles[-1] in light
        peace = poles.index(next(pole for pole in poles if pole in {"RD", "RI"}))
        assert set(poles[peace:-1]) == {"RD", "RI"}


# ---- from the command line


BALANCE = str(DATA / "inventories" / "balance.toml")


def test_the_command_shows_what_it_is_asked_for(balance, capsys):
    assert main(["inventory", "preview", BALANCE]) == 0
    assert capsys.readouterr().out == preview(balance) + "\n"
    chosen = ["--form", "short", "--context", "class", "--language", "de", "--without-dark"]
    assert main(["inventory", "preview", BALANCE, *chosen]) == 0
    shown = capsys.readouterr().out
    locales = load_library().locales
    skip = locales.get("de", locales["en"]).text("phone.page.skip")
    assert shown == preview(balance, "short", "class", "de", dark=False, skip=skip) + "\n"


@pytest.mark.parametrize("act", ["check", "preview"])
def test_both_commands_refuse_a_faulty_file_with_every_line(tmp_path, capsys, act):
    broken = tmp_path / "ours.toml"
    broken.write_text(ENGLISH.replace('pole = "RI"', 'pole = "XX"').replace("points = 5", "points = 6"), "utf-8")
    assert main(["inventory", act, str(broken)]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(re.findall(r"^ours\.toml, line \d+: ", shown.err, re.MULTILINE)) == 2


def test_the_check_tells_every_fault_however_many_there_are(tmp_path, capsys):
    broken = tmp_path / "ours.toml"
    broken.write_text("".join(f"x{number} = {number}\n" for number in range(100)) + ENGLISH, "utf-8")
    assert main(["inventory", "check", str(broken)]) == 1
    told = capsys.readouterr().err.splitlines()
    assert [line.partition(": ")[0] for line in told] == [f"ours.toml, line {number}" for number in range(1, 101)]


def test_a_choice_the_file_lacks_is_refused_by_the_command(capsys):
    assert main(["inventory", "preview", BALANCE, "--context", "club"]) == 1
    assert "Choose one of partner, team, family, class" in capsys.readouterr().err


def test_the_check_says_what_could_be_better_in_a_file_that_is_fine(tmp_path, capsys):
    ours = tmp_path / "ours.toml"
    ours.write_text(ENGLISH.replace("I enjoy time on my own.", "I often enjoy time."), "utf-8")
    assert main(["inventory", "check", str(ours)]) == 0
    fine, *advice = capsys.readouterr().out.splitlines()
    assert fine.startswith("ours.toml is fine: balance 1.0.0")
    assert len(advice) == 4
    assert all("“often” says how often" in line for line in advice)
