"""The fault matrix: what goes wrong, and when."""

from collections.abc import Callable, Iterator
from functools import partial

from playwright.sync_api import expect

from tests.faults.line import POINTS, Point
from tests.faults.trial import Trial

Case = Callable[[Trial], object]
FULL = ("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };")
TEN_MINUTES = 600_000


def join_cut(point: Point, target: str, trial: Trial) -> None:
    trial.room().line.cut(target, point)
    trial.visit().join().open_round().answer().send().received().reckon()


def send_cut(point: Point, trial: Trial) -> None:
    trial.whole().line.cut("PUT .*/answers", point)
    trial.send().received().reckon()


def send_cut_and_closed(point: Point, trial: Trial) -> None:
    """The round closes before the phone can ask again: what it says then is what happened."""
    trial.whole().line.cut("PUT .*/answers", point, for_good=True)
    trial.send()
    expect(trial.page.locator("main.live h1")).to_have_text("Saved on this phone", timeout=20_000)
    arrived = "reply" in point
    trial.acknowledged += arrived
    trial.reckon().line.heal()
    said = trial.view("counted", "missed")
    if said != ("counted" if arrived else "missed"):
        trial.wrong.append(f"the phone said {said}")


def lossy(loss: float, slowest: float, trial: Trial) -> None:
    trial.line.loss, trial.line.slowest = loss, slowest
    trial.whole().send().received().reckon()


def killed(when: str, trial: Trial) -> None:
    trial.whole()
    if when == "after the reply was lost":
        trial.line.cut("PUT .*/answers", "before the reply", for_good=True)
        trial.send()
        expect(trial.page.locator("main.live h1")).to_have_text("Saved on this phone", timeout=20_000)
        trial.restart()
        trial.line.heal()
    elif when == "while sending":
        trial.line.fail()
        trial.send()
        trial.restart()
        trial.line.heal()
    else:
        trial.restart()
        trial.send()
    trial.received().reckon()


def reloaded(when: str, trial: Trial) -> None:
    trial.whole()
    if when == "at the review":
        trial.load().view("review")
        trial.send()
    else:
        trial.line.fail()
        trial.send().view("sending")
        trial.line.heal()
        trial.load()
    trial.received().reckon()


def tab_closed(trial: Trial) -> None:
    """Sent without a line, the tab closed; whoever comes back finds it sent."""
    trial.whole().line.fail()
    trial.send().view("sending")
    context = trial.page.context
    trial.page.close()
    trial.line.heal()
    trial.page = context.new_page()
    trial.load().received().reckon()


def asleep(trial: Trial) -> None:
    trial.room().visit(clock=True).join()
    trial.open_round().answer().line.fail()
    trial.send().view("sending")
    trial.page.clock.fast_forward(TEN_MINUTES)
    trial.line.heal()
    trial.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    trial.received().reckon()


def storage_full(trial: Trial) -> None:
    trial.room().visit(FULL).join().open_round().answer()
    trial.line.cut("PUT .*/answers", "before the reply")
    trial.send().received().reckon()


def three_rounds(trial: Trial) -> None:
    """One after the other with a tenth of all requests lost; each is reckoned."""
    trial.whole().line.loss = 0.1
    for _ in range(3):
        said = trial.acknowledged
        trial.send().received()
        trial.acknowledged = 1
        trial.reckon()
        trial.acknowledged = said + 1
        trial.open_round().answer()


def cases() -> Iterator[tuple[str, Case]]:
    """All of them by name."""
    for what, target in (("page", "GET /j/"), ("seat", "POST .*/seats"), ("state after the seat", "GET .*for=phone")):
        for point in POINTS:
            yield f"join, {what}: cut {point}", partial(join_cut, point, target)
    for point in POINTS:
        yield f"send: cut {point}", partial(send_cut, point)
    for point in POINTS:
        yield f"send: cut {point}, then the round closes", partial(send_cut_and_closed, point)
    for loss, slowest in ((.02, 0), (.1, 0), (.3, 0), (0, 3), (.1, 1), (.3, 3)):
        yield f"{100 * loss:.0f} % of requests lost, up to {slowest} s late", partial(lossy, loss, slowest)
    for when in ("while answering", "while sending", "after the reply was lost"):
        yield f"server killed {when}, and started again", partial(killed, when)
    for when in ("at the review", "while sending"):
        yield f"page loaded again {when}", partial(reloaded, when)
    yield "tab closed while sending", tab_closed
    yield "asleep for ten minutes while sending", asleep
    yield "storage full, reply lost", storage_full
    yield "three rounds, 10 % of requests lost", three_rounds


CASES = dict(cases())
