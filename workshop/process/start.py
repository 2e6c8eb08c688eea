"""Starting: what stands in the way is said in a sentence, and three lines are printed when all is well."""

import asyncio
import gc
import importlib
import os
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from workshop import phone
from workshop.addresses import bracketed, everywhere
from workshop.errors import WorkshopError
from workshop.house import House, house
from workshop.process import files, journal, signals
from workshop.process.checks import prove_certificate, prove_port_free, sentence
from workshop.sessions.example import lay_out
from workshop.settings import OWNER_ONLY, Settings

# A console's first run imports these. Two first runs at once would meet them half imported.
HEAVY = ("numpy", "pandas", "plotly.graph_objects")


@contextmanager
def in_plain_words() -> Iterator[None]:
    """Ends the process with status 1 and a sentence, without a traceback, where the start cannot go on.

    Whatever the process writes from here on is its owner's alone, DuckDB's log too.
    """
    os.umask(OWNER_ONLY)
    try:
        yield
    except WorkshopError as error:
        sys.exit(error.message)
    except OSError as error:
        sys.exit(sentence(error))
    except KeyboardInterrupt:
        sys.exit(0)


def prepare(settings: Settings) -> None:
    """What has to be settled before the server listens. Raises WorkshopError where it could not."""
    journal.keep_discreet()
    files.leave_no_core()
    signals.leave_quietly()
    prove_certificate(settings)
    prove_port_free(settings)


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """From the first import to the last stream."""
    journal.keep_discreet()  # once more: uvicorn sets its logs up on its way here
    here = house()
    await asyncio.to_thread(here.duties.start)
    await asyncio.to_thread(lay_out, here.sessions)
    for name in HEAVY:
        importlib.import_module(name)
    signals.close_first(here.hub.close)
    shortage = files.shortage(files.raise_limit())
    if shortage:
        journal.say(shortage)
    gc.collect()
    gc.freeze()
    greet(here)
    threading.Thread(target=phone.warm, name="warm", daemon=True).start()  # after all who wait for the start
    yield
    await asyncio.to_thread(here.close)


def greet(here: House) -> None:
    """Prints where phones and the facilitator go, and opens the facilitator's browser where there is a screen."""
    base = console_base(here.settings)
    for line in greeting(here.sessions.addressing.base, here.sessions.addressing.loopback,
                         base + here.signin.one_time(None)):
        print(line, flush=True)
    if here.settings.open_browser:
        link = base + here.signin.one_time(None)
        threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()


def greeting(base: str, alone: bool, link: str) -> tuple[str, ...]:
    """Three lines; `alone` where no other machine can come in."""
    phones = f"Phones:  {base}" if not alone else (
        f"Phones:  none can come in yet. Join a network, or open a hotspot on this machine. Here: {base}")
    return phones, f"Console: {link}  (works once)", "Stop:    Ctrl+C"


def console_base(settings: Settings) -> str:
    """Where the facilitator's own browser on this machine finds the console."""
    if settings.public_url:
        return settings.public_url
    scheme = "https" if settings.tls_cert else "http"
    host = "localhost" if everywhere(settings.host) else bracketed(settings.host)
    return f"{scheme}://{host}:{settings.port}"
