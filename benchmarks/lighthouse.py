"""What Lighthouse says of the phone: the page before joining, a statement, and My page.

    npm install --prefix DIR lighthouse@13.5.0
    uv run python benchmarks/lighthouse.py DIR

A real server, the Chromium that is installed, Lighthouse's own mobile settings. The first two are loaded; My page is
made on the phone and has no address, so it is looked at as it stands, which gives no figure for performance. Prints a
Markdown table and what keeps a figure from 100. Wanted: 100, 100 and at least 95.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

import chromium_here  # noqa: E402
import httpx  # noqa: E402
from hosting import STANDARD, Host  # noqa: E402
from live import launch  # noqa: E402

WANTED = {"performance": 100, "accessibility": 100, "best-practices": 95}
SCRIPT = """
import puppeteer from 'puppeteer-core';
import {startFlow} from 'lighthouse';
const {chromium, door, answering, arguments: more} = JSON.parse(process.argv[2]);
const browser = await puppeteer.launch({executablePath: chromium, headless: true, args: more});
const page = await browser.newPage();
const flow = await startFlow(page, {flags: {onlyCategories: ['performance', 'accessibility', 'best-practices'],
                                            disableStorageReset: true}});
const press = word => page.waitForFunction(name => {
  const one = [...document.querySelectorAll('main.live button')].find(one => one.textContent === name);
  if (!one || lit) return false;
  one.click();
  return true;
}, {}, word);
const view = name => page.waitForSelector(`[data-view=${name}]`);
await flow.navigate(door, {name: 'before joining'});
const [name, value] = answering.cookie.split('=');
await page.goto(answering.url);
await page.setCookie({name, value, url: answering.url});
await page.goto(answering.url);
await press('Begin');
await view('card');
await press('Often');
await flow.navigate(answering.url, {name: 'a statement'});
await view('card');
await press('Stop here');
await press('Send');
await view('received');
await press('My page');
await view('mine');
await flow.snapshot({name: 'My page'});
const {steps} = await flow.createFlowResult();
await browser.close();
console.log(JSON.stringify(steps.map(({name, lhr}) => ({name, version: lhr.lighthouseVersion,
  agent: lhr.environment.hostUserAgent, index: lhr.environment.benchmarkIndex,
  scores: Object.fromEntries(Object.entries(lhr.categories).map(([key, one]) => [key, one.score])),
  times: Object.fromEntries(['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time',
    'cumulative-layout-shift', 'speed-index'].map(key => [key, (lhr.audits[key] || {}).displayValue])),
  wrong: Object.entries(lhr.categories).flatMap(([key, one]) => one.auditRefs.filter(ref => ref.weight)
    .map(ref => lhr.audits[ref.id]).filter(audit => audit.score !== null && audit.score < 1)
    .map(audit => `${key}: ${audit.id} (${audit.score})`))}))));
"""


def looked_at(folder: Path, rooms: dict[str, Any]) -> list[dict[str, Any]]:
    """What Lighthouse found, step by step."""
    script = folder / "phone.mjs"
    script.write_text(SCRIPT, "utf-8")
    given = json.dumps({**rooms, "chromium": chromium_here.installed(), "arguments": chromium_here.ARGUMENTS})
    said = subprocess.run(["node", str(script), given], cwd=folder, stdout=subprocess.PIPE, text=True, check=True)
    return list(json.loads(said.stdout))


def rooms(api: httpx.Client, url: str) -> dict[str, Any]:
    """One room that can be joined, and one with an open round and a phone in it."""
    door = Host(api, url).create(**STANDARD).act("open_lobby")
    inside = Host(api, url).create(**STANDARD).act("open_lobby").join(10).act("open_round")
    name = f"seat_{inside.code}"
    return {"door": f"{url}/j/{door.code}",
            "answering": {"url": f"{url}/j/{inside.code}", "cookie": f"{name}={inside.people[0].cookies[name]}"}}


def told(found: list[dict[str, Any]]) -> int:
    """Prints it; how many figures are lower than wanted."""
    print(f"Lighthouse {found[0]['version']}, {found[0]['agent']}, benchmark index {found[0]['index']:.0f}\n")
    print("| page |", " | ".join(WANTED), "|\n|" + " --- |" * (len(WANTED) + 1))
    low = 0
    for one in found:
        # What is looked at as it stands has no performance: Lighthouse counts what it could tell, and not all of it.
        scores = {name: one["scores"].get(name) for name in WANTED
                  if name != "performance" or one["times"].get("first-contentful-paint")}
        shown = [f"{scores[name] * 100:.0f}" if name in scores else "-" for name in WANTED]
        low += sum(score * 100 < WANTED[name] for name, score in scores.items())
        print(f"| {one['name']} |", " | ".join(shown), "|")
    for one in found:
        print(f"\n{one['name']}:", json.dumps(one["times"]), *one["wrong"], sep="\n  ")
    return low


def main() -> int:
    """1 where a figure is lower than wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", type=Path, help="the folder that Lighthouse was installed in")
    folder = parser.parse_args().modules.resolve()
    with tempfile.TemporaryDirectory() as home:
        server = launch(Path(home)).wait_until_healthy()
        try:
            key = {"Authorization": f"Bearer {server.key}"}
            with httpx.Client(base_url=server.url, headers=key, timeout=60) as api:
                return 1 if told(looked_at(folder, rooms(api, server.url))) else 0
        finally:
            server.stop()


if __name__ == "__main__":
    sys.exit(main())
