"""The files of the API's documentation page, from this machine: these networks are closed (LGWAN).

Swagger UI comes with the package `swagger-ui-py`, of which only the files are used; it is looked at, not imported.
"""

from importlib.util import find_spec
from pathlib import Path

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

ASSETS = "/docs/assets"
FILES = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui-standalone-preset.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "favicon-32x32.png": "image/png",
}


@get(ASSETS + "/{name:str}", include_in_schema=False, sync_to_thread=False)
def asset(name: FromPath[str]) -> Response[bytes]:
    """A file of the page; it belongs to one version of the package and may be kept for a day."""
    if name not in FILES:
        raise NotFoundException
    headers = {"cache-control": "max-age=86400"}
    return Response((_folder() / name).read_bytes(), media_type=FILES[name], headers=headers)


def _folder() -> Path:
    found = find_spec("swagger_ui")
    if found is None or found.origin is None:
        raise RuntimeError("the package swagger-ui-py is not installed; install requirements/runtime.txt")
    return Path(found.origin).parent / "static"
