"""GET /metrics: for a monitoring system (docs/metrics.md)."""

from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency

from slm_api.measured import measured
from slm_api.wiring import Wired
from slm_journal.database import LOST
from slm_journal.errors import JournalError

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@get("/metrics", include_in_schema=False)  # its shape is Prometheus', not ours
async def metrics(request: Request[Any, Any, Any], wired: NamedDependency[Wired]) -> Response[bytes]:
    """The counts of this process, and how the record stands; the counts alone while the database is away."""
    try:
        found = await measured(wired, posting=not request.app.state.posting.done())
    except (JournalError, *LOST):
        found = None
    return Response(wired.metrics.text(found), media_type=MEDIA_TYPE)


HANDLERS = (metrics,)
