"""What goes in and out whole: summaries of other installations, and the backup of this one."""

import asyncio
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from fastapi import APIRouter, Request, Response
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, JSONResponse

from workshop.export.bundle import SCHEMA
from workshop.house import House
from workshop.store.backup import back_up_live
from workshop.store.leftovers import UNSENT
from workshop.web import NO_STORE, require_facilitator

FORGERY = "Damage would have been noticed. Whether somebody made it up cannot be told: trust it as far as its sender."


def imports(house: House) -> APIRouter:
    """The routes that need the facilitator's right, and the description of a summary, which needs none."""
    router = APIRouter(tags=["facilitator"])

    @router.post("/import", status_code=201,
                 summary="A summary of another installation (JSON, at most 8 MiB) into this archive")
    async def take_in(request: Request) -> Response:
        require_facilitator(request, house.signin, house.settings)
        future = await asyncio.to_thread(house.sessions.import_summary, await request.body())
        workshop = await asyncio.wrap_future(future)
        return JSONResponse({"code": workshop.code, "title": workshop.title, "imported": True, "trust": FORGERY}, 201,
                            NO_STORE)

    @router.get("/backup", summary="The whole database without seats, secrets and answers, as a file")
    async def back_up(request: Request) -> Response:
        require_facilitator(request, house.signin, house.settings)
        folder = Path(tempfile.mkdtemp(prefix=UNSENT, dir=house.settings.database.parent))
        drop = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
        now = house.sessions.clock()
        try:
            file = folder / f"bothand-backup-{datetime.fromtimestamp(now, UTC):%Y-%m-%d}.duckdb"
            await asyncio.to_thread(back_up_live, house.sessions.store, file, now)
        except BaseException:
            await drop()
            raise
        return FileResponse(file, filename=file.name, media_type="application/octet-stream", headers=NO_STORE,
                            background=drop)

    @router.get("/summary.schema.json", tags=["service"], summary="What a JSON summary holds, as JSON Schema")
    async def schema() -> Response:
        return Response(SCHEMA.read_bytes(), media_type="application/schema+json")

    return router
