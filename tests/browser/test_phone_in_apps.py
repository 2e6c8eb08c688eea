"""The phone inside other apps, whose browsers are old, say strange names, keep nothing, or forbid what they like.

What of that can be set in Chromium is set here. Events that do not come through, storage that is refused or full and
cookies that get lost have their tests beside this one; docs/phone.md says what cannot be tried without such an app.
"""

import json
import re

import chromium_here
import httpx
import pytest
from playwright.sync_api import expect
from thumbs import answer, begin, join, send, tap, view

pytestmark = pytest.mark.long
APPS = {
    "none": "",
    "a messenger on an old Android": "Mozilla/5.0 (Linux; Android 8.1.0; SM-J530F; wv) AppleWebKit/537.36 (KHTML, like "
    "Gecko) Version/4.0 Chrome/74.0.3729.157 Mobile Safari/537.36",
    "Instagram on an iPhone": "Mozilla/5.0 (iPhone; CPU iPhone OS 13_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, "
    "like Gecko) Mobile/15E148 Instagram 123.0.0.21.115 (iPhone11,8; iOS 13_3; de_DE; de-DE; scale=2.00; 828x1792)",
    "Facebook": "Mozilla/5.0 (iPhone; CPU iPhone OS 15_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Mobile/19B74 [FBAN/FBIOS;FBDV/iPhone11,8;FBMD/iPhone;FBSN/iOS;FBSV/15.1;FBSS/2;FBID/phone;FBLC/de_DE;FBOP/5]",
    "WeChat": "Mozilla/5.0 (Linux; Android 9; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/66.0.3359 "
    "MQQBrowser/6.2 TBS/045111 Mobile Safari/537.36 MicroMessenger/7.0.11.1600(0x27000B34) NetType/WIFI Language/de",
}
# Gone from the page: what came after 2019, and what only https has.
YOUNG = """structuredClone queueMicrotask requestIdleCallback WeakRef FinalizationRegistry BroadcastChannel caches
scheduler navigation trustedTypes cookieStore CSSStyleSheet.prototype.replaceSync AbortSignal.any AbortSignal.timeout
Object.hasOwn Object.groupBy Object.fromEntries Promise.any Promise.allSettled Promise.withResolvers crypto.randomUUID
crypto.subtle Array.prototype.at Array.prototype.findLast Array.prototype.toSorted Array.prototype.flat
String.prototype.at String.prototype.replaceAll String.prototype.matchAll Element.prototype.checkVisibility
Element.prototype.replaceChildren Document.prototype.startViewTransition Navigator.prototype.share
Navigator.prototype.clipboard Navigator.prototype.serviceWorker Navigator.prototype.wakeLock
Navigator.prototype.locks Navigator.prototype.vibrate"""
TAKE_AWAY = """for (const path of %s) {
  const names = path.split('.'), last = names.pop(), owner = names.reduce((one, name) => one && one[name], window);
  if (owner) { delete owner[last]; if (last in owner) Object.defineProperty(owner, last, {value: undefined}); }
}"""


def go_the_whole_way(host, page):
    join(page)
    host.join(9).act("open_round")
    begin(page)
    answer(page, "Often", 6)
    send(page)
    host.until_finished(1)
    host.answer().act("close_round")
    view(page, "counted")
    tap(page, "My page")
    view(page, "mine")


@pytest.mark.parametrize("app", APPS)
def test_the_page_is_the_same_whatever_a_browser_says_it_is(phone_lobby, app):
    def body(agent):
        page = httpx.get(f"{phone_lobby.url}/j/{phone_lobby.code}", headers={"user-agent": agent}, timeout=30)
        assert page.headers["set-cookie"].startswith("seat_")
        return re.sub(r'"(now|version|token)":[^,]+,|name="token" value="[^"]+"', "", page.text)
    assert body(APPS[app]) == body("Mozilla/5.0")


def test_a_browser_of_2019_goes_the_whole_way(phone_lobby, visit):
    page = visit(phone_lobby, TAKE_AWAY % json.dumps(YOUNG.split()), user_agent=APPS["a messenger on an old Android"])
    assert page.evaluate("[typeof structuredClone, typeof [].at, typeof Object.fromEntries]") == ["undefined"] * 3
    go_the_whole_way(phone_lobby, page)


@pytest.fixture
def closed_off(chromium, tmp_path):
    """A phone whose settings refuse cookies, and with them all storage."""
    settings = tmp_path / "Default" / "Preferences"
    settings.parent.mkdir()
    settings.write_text(json.dumps({"profile": {"default_content_setting_values": {"cookies": 2}}}))
    context = chromium.browser_type.launch_persistent_context(
        tmp_path, executable_path=chromium_here.installed(), args=chromium_here.ARGUMENTS, is_mobile=True,
        has_touch=True, viewport={"width": 360, "height": 640})
    yield context
    context.close()


def test_where_cookies_and_storage_are_refused_the_phone_says_what_to_do(phone_lobby, closed_off):
    page, complaints = closed_off.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{phone_lobby.url}/j/{phone_lobby.code}")
    assert page.evaluate("(() => { try { return String(localStorage); } catch (error) { return error.name; } })()"
                         ) == "SecurityError"
    tap(page, "Join")
    expect(page.locator("#live")).to_contain_text("allow cookies")
    view(page, "welcome")
    assert complaints == []
