"""GET the catalogue of ready-made service levels and scales."""

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.params import PathParameter

from slm_api.catalogue_told import CatalogueAnswer, CatalogueItem, catalogue, catalogue_item
from slm_api.routes.answering import answered, problems

EntryName = Annotated[str, PathParameter(description="The entry's name, `g4/39-abandoned@basic`.")]


@get("/catalogue", operation_id="catalogue", tags=["Catalogue"], summary="Ready-made levels and scales (カタログ)")
async def catalogue_of(request: Request[Any, Any, Any]) -> Response[CatalogueAnswer]:
    """Each entry by the name with which an SLA document uses it: `levels: [{use: s5/fault-notification}]`."""
    return answered(catalogue(), request)


@get(
    "/catalogue/{name:path}",
    operation_id="catalogue_entry",
    tags=["Catalogue"],
    summary="One entry of the catalogue",
    responses=problems(404),
)
async def catalogue_entry(request: Request[Any, Any, Any], name: EntryName) -> Response[CatalogueItem]:
    """The level or scale as it would be written out in an SLA document; any field can be written over."""
    return answered(catalogue_item(name.removeprefix("/")), request)


HANDLERS = (catalogue_of, catalogue_entry)
