"""The projector shows one idea a scene, only what the room may see, and nothing to press."""

import asyncio
import re
from dataclasses import replace
from hashlib import sha256
from types import SimpleNamespace

import httpx
import pytest
import stage_samples as samples
from starlette.applications import Starlette

from workshop.stage import STAGE_POLICY, follow, payload, routes, view
from workshop.stage.files import files
from workshop.stage.qr import QUIET, qr

ASKED = samples.questionnaire()
CONTRACT = {"scene", "step", "steps", "headline", "text", "source", "figure", "table", "blank", "hold"}
# npm pack plotly.js-basic-dist-min@4.1.1, file plotly-basic.min.js.
PLOTLY = "99784e3abfb07b142a15e521a439e6d9addceadb3f79553fd24c72774f0649ba"
EVERY_KIND = pytest.mark.parametrize("kind", samples.KINDS)


def shown(facts, asked=ASKED, theme="bright"):
    return view(facts, asked, samples.LOCALE, theme, qr(facts.join_url))


def blocks(body, kind):
    return [block for column in body["view"]["columns"] for block in column if block["kind"] == kind]


def said(body):
    """Every word on the screen."""
    figure = body["figure"]["data"][-1]["text"] if body["figure"] else []
    notes = [note["text"] for note in body["view"]["foot"]]
    return " ".join([body["headline"], body["source"], body["text"], *figure, *notes])


# ---- scenes


@EVERY_KIND
@pytest.mark.parametrize("phase", ["draft", "lobby", "answering", "review"])
@pytest.mark.parametrize("theme", ["bright", "dark"])
def test_every_scene_shows_something_in_every_phase(kind, phase, theme):
    released = samples.snapshot(26, ASKED, seats=28) if phase == "review" else None
    body = shown(samples.facts(kind, phase=phase, snapshot=released), theme=theme)
    assert {*CONTRACT, "view"} == set(body)
    assert body["scene"] == {"id": f"{kind}_1", "kind": kind}
    assert body["headline"]
    assert body["text"]
    assert (body["figure"] is not None) == (body["view"]["layout"] == "picture")


def test_headlines_are_one_short_sentence():
    words = samples.LOCALE.table("stage")
    headlines = [text for scene in words.values() if isinstance(scene, dict) for name, text in scene.items()
                 if name == "headline"]
    assert len(headlines) >= 14
    assert all(len(headline) <= 60 for headline in headlines)


@EVERY_KIND
def test_a_rehearsal_is_marked_on_every_scene(kind):
    for phase in ("draft", "lobby", "answering", "review"):
        corner = shown(samples.facts(kind, phase=phase, rehearsal=True))["view"]["corner"]
        assert corner["rehearsal"] == "rehearsal: simulated phones"
    assert shown(samples.facts(kind))["view"]["corner"]["rehearsal"] == ""


@EVERY_KIND
def test_a_blank_stage_holds_no_content_at_all(kind):
    body = shown(samples.facts(kind, blank=True))
    assert body == {"scene": {"id": f"{kind}_1", "kind": kind}, "step": 0, "steps": 1, "blank": True, "hold": False,
                    "headline": "", "text": "", "source": "", "figure": None, "table": None, "view": None}


@EVERY_KIND
def test_a_draft_shows_a_calm_card_whatever_its_scene(kind):
    body = shown(samples.facts(kind, phase="draft", locked=False))
    assert body["headline"] == "This room opens soon"
    assert body["view"]["corner"]["qr"] is None


def test_hold_is_told():
    assert shown(samples.facts("light", hold=True))["hold"] is True


@EVERY_KIND
def test_the_code_and_its_square_are_in_a_corner_until_the_lobby_is_locked(kind):
    corner = shown(samples.facts(kind, phase="lobby", locked=False))["view"]["corner"]
    if kind == "join":
        assert (corner["code"], corner["qr"], corner["large"]) == ("", None, True)
    else:
        assert (corner["room"], corner["code"], corner["qr"]["size"] > 20) == ("cedar lantern", "G7M 4QX", True)
    corner = shown(samples.facts(kind, phase="lobby", locked=True))["view"]["corner"]
    assert (corner["room"], corner["code"], corner["qr"]) == ("cedar lantern", "", None)


def test_joining_shows_square_address_code_name_and_heads():
    body = shown(samples.facts("join", phase="lobby", locked=False, joined=14))
    assert blocks(body, "qr")[0]["size"] == qr("http://192.168.4.21:8501/j/G7M4QX")["size"]
    assert [(block["strong"], block["text"]) for block in blocks(body, "text")] == [
        ("", "Point your camera here, or type"), ("", "192.168.4.21:8501"), ("", "and then"), ("", "G7M 4QX"),
        ("cedar lantern", " should stand on your phone too."), ("14 phones are here.", " Please count heads.")]


@pytest.mark.parametrize(("joined", "words"), [(0, "No phone is here yet."), (1, "1 phone is here."),
                                               (2, "2 phones are here.")])
def test_phones_are_counted_in_plain_words(joined, words):
    assert words in shown(samples.facts("join", phase="lobby", locked=False, joined=joined))["text"]


def test_an_address_that_only_this_computer_reaches_is_no_code_but_a_sentence():
    body = shown(samples.facts("join", phase="lobby", locked=False, loopback=True))
    assert blocks(body, "qr") == []
    assert body["view"]["corner"]["qr"] is None
    assert "Phones cannot reach this computer yet" in body["text"]


def test_answering_shows_time_and_how_many_have_finished():
    body = shown(samples.facts("answering", phase="answering", scene_started=1_000.0, extended=60))
    assert blocks(body, "timer") == [{"kind": "timer", "ends": 1_360.0, "seconds": 360,
                                      "text": "minutes left · the clock closes nothing",
                                      "over": "take the time you need · the clock closes nothing"}]
    assert blocks(body, "count") == [{"kind": "count", "n": 17, "of": " of 28"}]
    assert blocks(body, "track") == [{"kind": "track", "share": round(17 / 28, 4)}]


def test_a_closing_round_counts_down_to_its_end():
    body = shown(samples.facts("answering", phase="answering", closing_at=1_234.5))
    assert body["headline"] == "Closing soon. Send now."
    assert blocks(body, "timer")[0]["ends"] == 1_234.5


def test_floored_counts_say_that_they_are():
    body = shown(samples.facts("answering", phase="answering", level="blocks", finished=15))
    assert "have finished, counted in fives" in body["text"]


def test_nobody_here_is_no_division():
    assert blocks(shown(samples.facts("answering", phase="answering", joined=0, finished=0)), "track")[0]["share"] == 0


def test_a_scene_without_minutes_has_no_clock():
    facts = samples.facts("prompt")
    body = shown(replace(facts, scene=replace(facts.scene, minutes=0)))
    assert not blocks(body, "timer")
    assert body["view"]["layout"] == "one"


def test_a_prompt_shows_both_questions_of_its_facet():
    texts = [block["text"] for block in blocks(shown(samples.facts("prompt")), "text")]
    assert texts == list(ASKED.facets["D4"].prompts)


def test_a_prompt_without_a_facet_asks_in_general():
    facts = samples.facts("prompt")
    body = shown(replace(facts, scene=replace(facts.scene, facet=None)))
    assert blocks(body, "text")[0]["text"] == "What do you see in the picture?"


def test_the_close_names_whom_to_turn_to_and_how_to_be_forgotten():
    body = shown(samples.facts("close", helpline="Helpline 0800 111 0 111", next_meeting="2026-12-01"))
    for words in ("Helpline 0800 111 0 111", "112", "“Forget me”", "We meet again on 1 December 2026."):
        assert words in body["text"]


@pytest.mark.parametrize("level", ["held", "blocks", "open"])
def test_the_agreements_say_what_this_rooms_protection_does(level):
    body = shown(samples.facts("agreements", level=level, k=8, m=8))
    assert samples.LOCALE.text(f"common.level.{level}.sentence", k=8, m=8) in body["text"]


# ---- pictures


def test_with_nothing_released_pictures_wait_for_the_round():
    for kind in ("light", "plane", "edges", "then_now"):
        body = shown(samples.facts(kind, phase="answering", snapshot=None))
        assert body["figure"] is None
        assert body["table"] is None
    assert "after the round closes" in shown(samples.facts("light", phase="answering", snapshot=None))["text"]


def test_a_closed_round_with_nothing_to_show_says_the_one_sentence():
    body = shown(samples.facts("light", snapshot=None))
    assert "not enough different answers to show" in body["text"]


def test_dark_pictures_wait_until_they_are_revealed_and_give_nothing_away():
    waiting = shown(samples.facts("dark", revealed=False))
    assert waiting["figure"] is None
    without = samples.snapshot(26, ASKED, seats=28, revealed=False)
    for changes in ({"snapshot": None}, {"snapshot": without}):
        assert shown(samples.facts("dark", revealed=False, **changes)) == waiting


@pytest.mark.parametrize("n", [3, 9, 11])
def test_what_was_revealed_for_too_few_says_the_one_sentence_and_not_that_the_host_decides(n):
    body = shown(samples.facts("dark", revealed=True, snapshot=samples.snapshot(n, ASKED)))
    assert "not enough different answers to show" in body["text"]
    assert body["figure"] is None


def test_dark_words_are_on_no_other_scene():
    dark = [item.text for item in ASKED.items if item.pole in ("DD", "ID", "RD", "RI")]
    names = [ASKED.facets[id].name for id in ("DD1", "DD2", "DD3", "ID1", "ID2", "ID3")]
    for kind in samples.KINDS:
        words = said(shown(samples.facts(kind, revealed=False)))
        assert not [text for text in (*dark, *names) if text in words], kind
    assert dark[0] in said(shown(samples.facts("dark")))


def test_a_very_small_room_sees_its_answers_pooled():
    body = shown(samples.facts("light", snapshot=samples.snapshot(6, ASKED, seed=4)))
    assert "48 answers from 6 people" in said(body)
    assert len(body["table"]["rows"]) == 2


def test_the_plane_waits_for_the_close_while_pictures_grow():
    growing = samples.snapshot(26, ASKED, final=False)
    body = shown(samples.facts("plane", phase="answering", level="blocks", snapshot=replace(growing, plane=None)))
    assert body["figure"] is None


def test_then_and_now_are_compared_only_where_the_room_may():
    now, before = samples.snapshot(26, ASKED), samples.snapshot(25, ASKED, seed=2)
    facts = samples.facts("then_now", snapshot=now, before=before)
    assert "not enough different answers to show" in shown(facts)["text"]
    compared = shown(replace(facts, snapshot=replace(now, then_now=True)))
    assert compared["figure"] is not None
    assert compared["source"].startswith("then 25 people, now 26")


def test_words_of_the_room_are_shown_once_there_are_any():
    assert not blocks(shown(samples.facts("words")), "words")
    facts = samples.facts("words")
    body = shown(replace(facts, snapshot=replace(facts.snapshot, words=("warmth", "courage"))))
    assert blocks(body, "words") == [{"kind": "words", "words": ["warmth", "courage"]}]
    assert body["view"]["layout"] == "words few"
    many = shown(replace(facts, snapshot=replace(facts.snapshot, words=tuple(f"word {n}" for n in range(15)))))
    assert many["view"]["layout"] == "words"


def test_the_deep_form_walks_one_side_at_a_time():
    asked = samples.questionnaire("deep")
    released = samples.snapshot(26, asked)
    first, second = (shown(samples.facts("light", snapshot=released, step=step), asked) for step in (0, 1))
    assert (first["steps"], second["steps"]) == (2, 2)
    assert first["headline"] == "How do we lean on each other?"
    assert second["headline"] == "How do we stand on our own feet?"


def test_figures_come_with_a_configuration_that_shares_nothing():
    figure = shown(samples.facts("light"))["figure"]
    assert figure["config"]["showSendToCloud"] is False
    assert "template" not in figure["layout"]


# ---- the square


def test_the_square_is_compact_and_holds_every_module():
    drawn = qr("http://192.168.4.21:8501/j/G7M4QX")
    dark = set()
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", drawn["d"]):
        dark |= {(int(x) + step, int(y)) for step in range(int(run))}
    finder = {(QUIET + x, QUIET) for x in range(7)}
    assert finder <= dark
    assert min(x for x, _ in dark) == QUIET
    assert max(x for x, _ in dark) == drawn["size"] - QUIET - 1
    assert len(drawn["d"]) < 7_000


# ---- routes


@pytest.fixture
def stage(sessions):
    """The stage's routes alone, over real sessions."""
    app = Starlette(routes=routes(SimpleNamespace(sessions=sessions, library=sessions.library)))

    async def get(address, headers):
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://stage") as client:
            return await client.get(address, headers=headers)

    return SimpleNamespace(get=lambda address, headers=None: asyncio.run(get(address, headers)))


def test_the_page_is_small_and_strict(stage, lobby):
    page = stage.get(f"/stage/{lobby.code}?theme=dark")
    assert page.status_code == 200
    assert page.headers["content-security-policy"] == STAGE_POLICY
    assert 'class="dark"' in page.text
    assert "style=" not in page.text
    assert re.findall(r"<script(?![^>]* src=)", page.text) == []
    assert re.findall(r"<(?:button|input|form|a|select)\b", page.text) == []
    assert len(page.content) < 4_000


def test_the_page_names_nothing_of_the_subject(stage, lobby):
    page = stage.get(f"/stage/{lobby.code}").text
    assert "<title>Bothand</title>" in page
    assert "depend" not in page.lower()


def test_the_policy_lets_nothing_in_from_elsewhere():
    assert STAGE_POLICY.startswith("default-src 'none'; script-src 'self'; style-src 'self' 'sha256-47DEQpj8")
    assert "unsafe" not in STAGE_POLICY
    assert "http:" not in STAGE_POLICY
    assert "frame-ancestors 'self'" in STAGE_POLICY


@pytest.mark.parametrize(("asked", "theme"), [("", "bright"), ("?theme=dark", "dark"), ("?theme=pink", "bright")])
def test_a_room_is_bright_unless_dark_is_asked_for(stage, lobby, asked, theme):
    assert f'class="{theme}"' in stage.get(f"/stage/{lobby.code.lower()}{asked}").text


def test_an_unknown_room_gets_a_kind_page(stage):
    page = stage.get("/stage/222222")
    assert page.status_code == 404
    assert "There is no such room here." in page.text
    assert "<script" not in page.text


@pytest.mark.parametrize("theme", ["bright", "dark"])
def test_a_test_picture_shows_sizes_tones_and_corners_and_needs_no_room(stage, theme):
    page = stage.get(f"/stage/test?theme={theme}")
    assert page.status_code == 200
    assert page.headers["content-security-policy"] == STAGE_POLICY
    assert f'class="{theme}"' in page.text
    assert (page.text.count('class="edge"'), page.text.count("<b class=")) == (4, 11)
    assert "style=" not in page.text
    assert "<script" not in page.text


def test_guessing_codes_has_an_end(stage):
    answers = [stage.get("/stage/222222").status_code for _ in range(40)]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_a_sealed_room_is_gone(stage, lobby):
    lobby.act("seal")
    page = stage.get(f"/stage/{lobby.code}")
    assert page.status_code == 410
    assert "This room is closed. Thank you." in page.text


def test_a_stage_is_told_that_its_room_is_sealed(lobby):
    follow(lobby.sessions)
    lobby.act("goto", scene="close")
    before = lobby.sessions.hub.version(lobby.code, "stage")
    lobby.act("seal")
    assert lobby.sessions.hub.version(lobby.code, "stage") != before


def test_files_are_kept_for_ever_under_their_hash_only(stage, lobby):
    page = stage.get(f"/stage/{lobby.code}").text
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(addresses) == 4
    for address in addresses:
        found = stage.get(address)
        assert found.status_code == 200
        assert found.headers["cache-control"] == "public, max-age=31536000, immutable"
        bare = stage.get(address.partition("?")[0])
        assert bare.headers["cache-control"] == "no-cache"
    assert stage.get("/assets/stage/nothing.js").status_code == 404
    assert stage.get("/assets/stage/..%2Froutes.py").status_code == 404


def test_the_style_sheet_holds_the_colours_and_finds_its_fonts(stage):
    sheet = stage.get(files()["stage.css"].address)
    assert sheet.headers["content-type"] == "text/css; charset=utf-8"
    assert "--warm-1:#CD792F" in sheet.text
    fonts = re.findall(r"url\((/assets/stage/[^)]+)\)", sheet.text)
    assert len(fonts) == 2
    assert all(stage.get(font).headers["content-type"] == "font/woff2" for font in fonts)


def test_plotly_is_the_one_we_know_and_travels_packed(stage):
    found = files()["plotly-basic.min.js"]
    assert sha256(found.body).hexdigest() == PLOTLY
    packed = stage.get(found.address, headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < 400_000
    assert packed.content == found.body
    plain = stage.get(found.address, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert "MIT License" in files()["plotly-LICENSE.txt"].body.decode()


# ---- over real sessions


def test_the_payload_is_the_contracts_with_a_clock(lobby, clock):
    lobby.act("goto", scene="join")
    body = payload(lobby.sessions, lobby.code)
    assert {*CONTRACT, "view", "now"} == set(body)
    assert body["now"] == clock.now
    assert "12 phones are here." in body["text"]


def test_a_round_shows_its_pictures_once_it_is_closed(lobby):
    lobby.act("open_round")
    lobby.act("goto", scene="light")
    lobby.answer_each()
    assert payload(lobby.sessions, lobby.code)["figure"] is None
    lobby.act("close_round")
    body = payload(lobby.sessions, lobby.code, "dark")
    assert body["source"].startswith("12 of 12 answered")
    drawn = sum(n for trace in body["figure"]["data"] if trace["type"] == "bar"
                for _, n in trace["customdata"] if n)
    shown_items = [item for item in lobby.snapshot.items if item.counts and item.pole in ("DL", "IL")]
    assert drawn == 12 * len(shown_items) > 0


def test_a_held_stage_keeps_what_it_shows(lobby):
    lobby.act("goto", scene="agreements")
    lobby.act("hold", on=True)
    before = payload(lobby.sessions, lobby.code)
    lobby.act("goto", scene="join")
    lobby.join(3)
    assert {**payload(lobby.sessions, lobby.code), "now": 0} == {**before, "now": 0}
    assert before["hold"] is True


def test_no_word_of_the_stage_is_smaller_than_24_px_at_1080p():
    """1 rem is 16 px there; pictures have a test of their own."""
    style = files()["stage.css"].body.decode()
    sizes = [float(size) for size in re.findall(r"font(?:-size)?:(?:\d+ )?([\d.]+)rem", style)]
    assert len(sizes) > 20
    assert min(sizes) >= 1.5
