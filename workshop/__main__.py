"""The command line: rehearse, list, export, import, backup, restore, check and preview inventories, passphrase.

app.py starts the server."""

import argparse
import asyncio
import ipaddress
import json
import os
import ssl
import sys
from collections.abc import Callable, Sequence
from getpass import getpass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from workshop.durable import write_whole
from workshop.errors import BadRequest, Conflict, Missing, Unavailable, WorkshopError
from workshop.export import ALL_FORMATS, PARTS, PICTURES
from workshop.inventory import Faulty, Inventory, advices, load_library, preview, read_inventory
from workshop.inventory.library import ORIGINAL
from workshop.rehearsal import USUAL_SEED, rehearse
from workshop.rehearsal.connection import Connection
from workshop.settings import Settings, read_settings
from workshop.signin import KEY_FILE, facilitator_key, kept
from workshop.store import keeping

DONE, REFUSED, STOPPED = 0, 1, 130
MOST_SUMMARY = 8 * 1024 * 1024


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 0 done, 1 refused with a sentence, 2 not understood, 130 stopped by hand."""
    options = parser().parse_args(arguments)
    try:
        options.run(options)
    except WorkshopError as error:
        print("\n".join(error.told) if isinstance(error, Faulty) else error.message, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return STOPPED
    return DONE


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    top = argparse.ArgumentParser(prog="python -m workshop", description=__doc__)
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_rehearse(commands)
    listing = commands.add_parser("list", help="the workshops of the running server, newest first")
    listing.set_defaults(run=list_workshops)
    _add_export(commands)
    _add_files(commands)
    _add_inventory(commands)
    return top


def _add_rehearse(commands: Any) -> None:
    command = commands.add_parser("rehearse", help="simulated people try a rehearsal workshop on the running server")
    command.add_argument("--people", type=int, default=30, help="how many, 1 to 2000 (30)")
    command.add_argument("--pace", default="demo", help="demo, human, fast, or xN for human N times as fast (demo)")
    command.add_argument("--conduct", action="store_true", help="walk the whole run-sheet, as a host would")
    command.add_argument("--seed", type=int, default=USUAL_SEED, help="another number, other people")
    command.add_argument("--code", help="join this rehearsal instead of making one")
    command.add_argument("--form", choices=("short", "standard", "deep"), help="of a rehearsal that is made (standard)")
    command.add_argument("--agenda", help="45, 60, 90 or then_now, of a rehearsal that is made (60)")
    command.add_argument("--protection", choices=("held", "blocks", "open"), help="of a rehearsal that is made (held)")
    command.set_defaults(run=rehearse_here)


def _add_export(commands: Any) -> None:
    command = commands.add_parser("export", help="save what the room saw of one workshop")
    command.add_argument("code", help="the workshop's six characters")
    command.add_argument("--format", default="html", help=f"{', '.join(ALL_FORMATS)} (html)")
    command.add_argument("--variant", default="", help="pdf: a4 or letter; csv: long or wide; svg and png: a picture")
    command.add_argument("--round", action="append", default=[], metavar="N", help="only this round; may be repeated")
    command.add_argument("--picture", action="append", default=[], help=f"draw only this: {', '.join(PICTURES)}")
    command.add_argument("--note", action="append", default=[], metavar="SCENE", help="with the private note on it")
    for name in ("with", "without"):
        command.add_argument(f"--{name}", action="append", default=[], metavar="PART", help=", ".join(PARTS))
    command.add_argument("--output", type=Path, help="the file to write (named by day, title and code)")
    command.set_defaults(run=export_workshop)


def _add_files(commands: Any) -> None:
    taking = commands.add_parser("import", help="take a JSON summary of another installation into the archive")
    taking.add_argument("file", type=Path, help="a summary exported as JSON")
    taking.set_defaults(run=import_summary)
    backing = commands.add_parser("backup", help="save settings, notes and released tables of all workshops")
    backing.add_argument("file", type=Path, help="the file to write")
    backing.set_defaults(run=back_up)
    restoring = commands.add_parser("restore", help="the database anew from a backup; the server has to be stopped")
    restoring.add_argument("file", type=Path, help="a file that backup wrote")
    restoring.add_argument("--replace", action="store_true", help="also where a database is: all of it is replaced")
    restoring.set_defaults(run=restore_from)


def _add_inventory(commands: Any) -> None:
    passphrase = commands.add_parser("passphrase", help="the setting for a passphrase that signs hosts in, made of one")
    passphrase.set_defaults(run=make_passphrase)
    inventory = commands.add_parser("inventory", help="work with inventory files")
    acts = inventory.add_subparsers(required=True, metavar="ACT")
    check = acts.add_parser("check", help="name what is wrong with a file, and what could be better")
    check.set_defaults(run=check_inventory)
    shown = acts.add_parser("preview", help="show a file as a phone does")
    shown.add_argument("--form", help="short, standard or deep (standard)")
    shown.add_argument("--context", help="partner, team, family or class (the file's first)")
    shown.add_argument("--language", help="such as de (the file's first)")
    shown.add_argument("--without-dark", action="store_true", help="leave the harder statements out")
    shown.set_defaults(run=preview_inventory)
    for act in (check, shown):
        act.add_argument("file", type=Path, help="an inventory as TOML")


def rehearse_here(options: argparse.Namespace) -> None:
    """Makes or joins a rehearsal and tells how it goes."""
    settings = read_settings()
    fields = {"form": options.form, "protection": options.protection, "agenda": options.agenda}
    report = rehearse(address(settings), _key(settings), options.people, options.pace, options.conduct, options.code,
                      seed=options.seed, fields={name: value for name, value in fields.items() if value},
                      certificate=_certificate(settings), tell=_say)
    _say(f"Done in {report.seconds:g} s: {len(report.answers)} of {report.people} sent answers, "
         f"{len(report.edges)} chose an edge. Code {report.code}, stage {report.stage_url}")
    if report.turned_away:
        _say(f"{report.turned_away} came too late or found the door closed.")


def list_workshops(_options: argparse.Namespace) -> None:
    """One line a workshop."""
    workshops = _asked(lambda connection: connection.host("GET", "/api/workshops"))
    for one in workshops:
        kind = " (rehearsal)" if one["rehearsal"] else ""
        print(f"{one['code']}  {one['created']}  {one['phase']:<9}  {one['title']}{kind}")
    if not workshops:
        print("There are no workshops yet.")


def export_workshop(options: argparse.Namespace) -> None:
    """Writes one file and never over another."""
    asked = {name: getattr(options, name) for name in ("round", "picture", "note", "with", "without")}
    query = urlencode({**asked, **({"variant": options.variant} if options.variant else {})}, doseq=True)
    address = f"/api/workshops/{options.code}/export/{options.format}{f'?{query}' if query else ''}"
    name, body = _asked(lambda connection: connection.file(address))
    _write(options.output or Path(name), body)


def import_summary(options: argparse.Namespace) -> None:
    """Into the archive of the running server, in its own words."""
    try:
        summary = json.loads(_read(options.file).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadRequest("not_a_summary", f"{options.file} is not JSON, so it cannot be a summary. Export the workshop "
                                          "with --format json where it was held.") from error
    taken = _asked(lambda connection: connection.host("POST", "/api/import", summary))
    print(f"{taken['code']}  {taken['title']} is in the archive now, marked as imported.\n{taken['trust']}")


def back_up(options: argparse.Namespace) -> None:
    """Of the running server while it runs, else of the database itself; never over another file."""
    if options.file.exists():
        raise Conflict("exists", f"{options.file} is there already. Move it away, or name another file.")
    try:
        _, body = _asked(lambda connection: connection.file("/api/backup"))
    except Unavailable as refused:
        if refused.code != "no_server":
            raise
        keeping.back_up(read_settings(), options.file)
        print(options.file)
    else:
        _write(options.file, body, owner_only=True)


def restore_from(options: argparse.Namespace) -> None:
    """Says how many workshops are back, and how many stay away because they were forgotten."""
    kept = keeping.restore_from(read_settings(), options.file, over=options.replace)
    print("1 workshop is restored." if kept.workshops == 1 else f"{kept.workshops} workshops are restored.")
    if kept.forgotten:
        print("1 was forgotten since, and stays forgotten." if kept.forgotten == 1
              else f"{kept.forgotten} were forgotten since, and stay forgotten.")
    if kept.unread:
        print("The database that was there could not be read. Whatever was forgotten since the backup is back: "
              "look through the archive, and forget it again.")


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_SUMMARY:
            raise BadRequest("too_large", f"{path} is larger than 8 MiB, and no summary is: the largest room takes "
                                          "half of one.")
        return path.read_bytes()
    except OSError as error:
        raise Missing("no_file", f"{path} cannot be read: {error.strerror}.") from error


def _write(path: Path, body: bytes, *, owner_only: bool = False) -> None:
    """A fresh file, whole or not there at all; prints its name."""
    if os.path.lexists(path):
        raise Conflict("exists", f"{path} is there already. Move it away, or name another with --output.")
    try:
        write_whole(path, body, part=path.with_name(f"{path.name}.part"), mode=0o600 if owner_only else 0o666)
    except OSError as error:
        raise Unavailable("not_written", f"{path} cannot be written: {error.strerror}.") from error
    print(path)


def make_passphrase(_options: argparse.Namespace) -> None:
    """Asks for it twice, unseen, and prints what to set; it is kept nowhere."""
    typed = getpass("Passphrase: ")
    if getpass("Once more:  ") != typed:
        raise BadRequest("passphrase", "These were two different ones. Nothing was made; try again.")
    print(f"BOTHAND_PASSPHRASE='{kept(typed)}'")


def check_inventory(options: argparse.Namespace) -> None:
    """Says that a file is fine and what could be better, or names every line to mend."""
    name, inventory = options.file.name, _inventory(options.file)
    print(f"{name} is fine: {inventory.id} {inventory.version}, forms {', '.join(inventory.forms)}, "
          f"contexts {', '.join(inventory.contexts)}, languages {', '.join(inventory.languages)}.")
    for line in advices(inventory, name):
        print(line)


def preview_inventory(options: argparse.Namespace) -> None:
    """Shows a file as a phone does."""
    inventory, locales = _inventory(options.file), load_library().locales
    words = locales.get(options.language or inventory.languages[0], locales[ORIGINAL])
    print(preview(inventory, options.form, options.context, options.language, dark=not options.without_dark,
                  skip=words.text("phone.page.skip")))


def _inventory(file: Path) -> Inventory:
    try:
        return read_inventory(file.read_text("utf-8"), file.name)
    except UnicodeDecodeError as error:
        raise BadRequest("not_text", f"{file} is not UTF-8 text. Save it as UTF-8 and try again.") from error
    except OSError as error:
        raise Missing("no_file", f"{file} cannot be read: {error.strerror}.") from error


def address(settings: Settings) -> str:
    """Where this machine's own server listens."""
    host = "127.0.0.1" if _everywhere(settings.host) else settings.host
    shown = f"[{host}]" if ":" in host else host
    return f"{'https' if settings.tls_cert else 'http'}://{shown}:{settings.port}"


def _everywhere(host: str) -> bool:
    try:
        return not host or ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def _certificate(settings: Settings) -> Any:
    """What the connection trusts: our own certificate, which need not name the loopback address."""
    if settings.tls_cert is None:
        return True
    context = ssl.create_default_context(cafile=str(settings.tls_cert))
    context.check_hostname = False
    return context


def _key(settings: Settings) -> str:
    if settings.facilitator_key is None and not (settings.database.parent / KEY_FILE).exists():
        raise Unavailable("no_server", f"No Bothand has been started with the database {settings.database}. Start it "
                                       "with “uv run app.py”, or set BOTHAND_DATABASE as the server has it.")
    return facilitator_key(settings)


def _asked(ask: Callable[[Connection], Any]) -> Any:
    settings = read_settings()

    async def run() -> Any:
        async with Connection(address(settings), _key(settings), _certificate(settings)) as connection:
            return await ask(connection)

    return asyncio.run(run())


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
