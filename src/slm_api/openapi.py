"""The OpenAPI document: Litestar's for addresses and parameters, with the shapes as msgspec reads and writes them.

The bodies of commands are described by the very types that decode them, the SLA document by its pydantic model, the
problems by the catalogue of kinds: what is documented is what is so.
"""

from typing import Any

import msgspec
from litestar import Request
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin, SwaggerRenderPlugin
from litestar.openapi.spec import Tag

from slm_api.docs_page import ASSETS
from slm_api.documents.schema import shape_of_document
from slm_api.openapi_examples import commands, with_example
from slm_api.problem_kinds import KINDS, refusal_status
from slm_api.problems import Problem
from slm_api.routes import ANSWERS
from slm_api.version import VERSION
from slm_domain.commands.intake import COMMANDS, AnyCommand
from slm_domain.refusal import Refusal

REFERENCE = "#/components/schemas/"
AUTHORED = "Authored"  # before the names of the SLA document's parts: the agreed shapes have the same names

DESCRIPTION = """\
The record that a municipality and its service provider both accept: what was agreed, what happened, what it means in
numbers and money, and what was improved because of it.

自治体とサービス事業者が共に認める、サービスレベル管理の記録です。

**Commands** record facts; **questions** are answered as of a position, an instant or now, and say which. Times carry an
offset, durations are ISO 8601, ratios are exact, money is whole yen. Errors are `application/problem+json` (RFC 9457).
There is no login yet: the API is served on this machine alone.
"""


QUESTIONS = {
    "Contracts": "契約: what there is.",
    "Catalogue": "カタログ: ready-made levels and scales that an SLA document can use.",
    "Reports": "月次運用報告書・年度実績: figures, breaches, deductions, fee and tax; what was issued, computed again.",
    "Ledger": "品質モニタリング台帳: what was measured, item by item, against both values.",
    "Availability": "稼働率: by any period and over rolling windows, with error budgets and what changed.",
    "Explanations": "算定の内訳: the lists that add up to a figure, how it was worked out, and the entries behind it.",
    "History": "経緯（PDCA）: from a breach to its improvement.",
    "Replay": "再現: the record as it stood, and the root that proves it.",
    "Recovery": "復旧状況: one cause over many contracts.",
    "Roll-ups": "集計: a month over many contracts, by contract, organisation, system or provider; seconds add up.",
    "Status": "The database and its read models.",
    "Health": "For what watches the process.",
}


def config() -> OpenAPIConfig:
    """The documentation at /docs, its data at /docs/openapi.json, everything from this machine."""
    return OpenAPIConfig(
        title="SLM",
        version=VERSION,
        description=DESCRIPTION,
        path="/docs",
        use_handler_docstrings=True,
        tags=[
            Tag(name="Commands", description=_commands()),
            *(Tag(name=name, description=what) for name, what in QUESTIONS.items()),
            Tag(name="Problems", description=_problems()),
        ],
        render_plugins=[_Page(), _Json(path="/openapi.json")],
    )


def completed(document: dict[str, Any]) -> dict[str, Any]:
    """Litestar's document with the shapes of commands, answers and problems."""
    _, components = msgspec.json.schema_components([AnyCommand, Problem, *ANSWERS], ref_template=REFERENCE + "{name}")
    authored = shape_of_document(REFERENCE + AUTHORED + "{model}")
    components |= {AUTHORED + name: shape for name, shape in authored.pop("$defs").items()}
    components["SlaDocument"] = authored
    components["Command"] = {
        "description": "Any command, told apart by `type`.",
        "oneOf": [{"$ref": REFERENCE + name} for name in COMMANDS],
        "discriminator": {"propertyName": "type", "mapping": {name: REFERENCE + name for name in COMMANDS}},
    }
    components["ProposeSla"]["properties"]["document"] = {"$ref": REFERENCE + "SlaDocument"}
    components["ProposeRevision"]["properties"]["definition"] = authored["properties"]["levels"]["items"]
    for field, model in (("title", "Words"), ("municipality", "Party"), ("provider", "Party")):
        components["DraftContract"]["properties"][field] = {"$ref": REFERENCE + AUTHORED + model}
    paths = {path: dict(item) for path, item in document["paths"].items()}
    for path in ("/commands", "/contracts/{code}/commands"):
        paths[path]["post"] = paths[path]["post"] | {
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": {"$ref": REFERENCE + "Command"}, "examples": commands()}},
            },
            "parameters": [*paths[path]["post"].get("parameters", ()), IDEMPOTENCY_KEY],
        }
    for path, item in paths.items():
        for method, operation in item.items():
            parameters = [with_example(one) for one in operation.get("parameters", ())]
            paths[path][method] = operation | {"parameters": parameters}
    return document | {"paths": paths, "components": document["components"] | {"schemas": components}}


IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    "description": "The command's `key`, for who prefers it in a header. Sent twice, it has the effect of once.",
}


class _Page(SwaggerRenderPlugin):
    def __init__(self) -> None:
        super().__init__(
            path="/",
            js_url=f"{ASSETS}/swagger-ui-bundle.js",
            css_url=f"{ASSETS}/swagger-ui.css",
            standalone_preset_js_url=f"{ASSETS}/swagger-ui-standalone-preset.js",
            favicon=f"<link rel='icon' type='image/png' href='{ASSETS}/favicon-32x32.png'>",
        )

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        return super().render(request, completed(openapi_schema))


class _Json(JsonRenderPlugin):
    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        return super().render(request, completed(openapi_schema))


def _commands() -> str:
    lines = [f"* `{name}`: {(kind.__doc__ or '').strip().splitlines()[0]}" for name, kind in COMMANDS.items()]
    return "\n".join(["The body is one of these, told apart by `type`:", "", *lines])


def _problems() -> str:
    rules = [(kind.KIND, refusal_status(kind.KIND), _template(kind), kind.SOURCE) for kind in refusals()]
    others = [(name, kind.status, kind.title.en, "") for name, kind in KINDS.items()]
    rows = [f"| `{name}` | {status} | {said} | {source} |" for name, status, said, source in sorted([*rules, *others])]
    return "\n".join(
        [
            "`type` is `urn:slm:problem:` and one of these kinds; programs compare that alone.",
            "",
            "| kind | status | what is so | source |",
            "|---|---|---|---|",
            *rows,
        ]
    )


def refusals() -> list[type[Refusal]]:
    """All rules of the record, by kind."""
    found, waiting = [], list(Refusal.__subclasses__())
    while waiting:
        kind = waiting.pop()
        found.append(kind)
        waiting += kind.__subclasses__()
    return sorted((kind for kind in found if hasattr(kind, "KIND")), key=lambda kind: kind.KIND)


def _template(kind: type[Refusal]) -> str:
    return kind.REASON_EN.replace("|", "\\|")
