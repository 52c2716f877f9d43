"""The documentation of the API: from this machine alone, and of everything there is."""

import json
import re
from collections.abc import Iterator
from typing import Any

from slm_api.docs_page import ASSETS, FILES
from slm_api.openapi import refusals
from slm_api.problem_kinds import KINDS, UNPROCESSABLE
from slm_api.receiving import received
from slm_domain.commands.intake import COMMANDS
from tests.api.serving import serving

LOADED = re.compile(r"""(?:src|href|url|action)\s*[=:(]\s*["']?\s*(?:https?:)?//""", re.IGNORECASE)


async def test_the_page_and_its_files_name_no_other_host(dsn: str) -> None:
    async with serving(dsn) as api:
        page = await api.get("/docs")
        assert page.status_code == 200
        assert "swagger-ui-bundle.js" in page.text
        assert not LOADED.search(page.text)
        assert not re.findall(r"https?://[^\s\"'<]+", page.text)
        for name, kind in FILES.items():
            file = await api.get(f"{ASSETS}/{name}")
            assert file.status_code == 200
            assert file.headers["content-type"].startswith(kind)
        style = (await api.get(f"{ASSETS}/swagger-ui.css")).text
        assert not [url for url in re.findall(r"url\(([^)]*)\)", style) if not url.strip("\"'").startswith("data:")]


async def test_every_file_the_page_loads_is_served(dsn: str) -> None:
    async with serving(dsn) as api:
        page = (await api.get("/docs")).text
        loaded = re.findall(r"""<(?:script|link)[^>]+(?:src|href)=["']([^"']+)""", page)
        assert len(loaded) == 4
        for address in loaded:
            assert (await api.get(address)).status_code == 200


async def test_no_other_file_of_the_package_is_served(dsn: str) -> None:
    async with serving(dsn) as api:
        for name in ("swagger-editor-bundle.js", "..%2F__init__.py", "index.css"):
            assert (await api.get(f"{ASSETS}/{name}")).status_code == 404


async def test_every_reference_of_the_document_leads_somewhere(dsn: str) -> None:
    document = await _document(dsn)
    for reference in _references(document):
        found: Any = document
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
        assert found


async def test_every_command_is_documented_with_its_shape(dsn: str) -> None:
    document = await _document(dsn)
    schemas = document["components"]["schemas"]
    told = {one["$ref"].rpartition("/")[2] for one in schemas["Command"]["oneOf"]}
    assert told == set(COMMANDS)
    for name in COMMANDS:
        assert schemas[name]["properties"]["type"] == {"enum": [name]}
        assert schemas[name]["description"]
    assert schemas["ProposeSla"]["properties"]["document"] == {"$ref": "#/components/schemas/SlaDocument"}
    assert (
        schemas["ProposeRevision"]["properties"]["definition"]
        == (schemas["SlaDocument"]["properties"]["levels"]["items"])
    )
    assert schemas["DraftContract"]["properties"]["provider"] == {"$ref": "#/components/schemas/AuthoredParty"}


async def test_every_command_has_an_example_that_can_be_read(dsn: str) -> None:
    document = await _document(dsn)
    for path in ("/commands", "/contracts/{code}/commands"):
        examples = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["examples"]
        assert set(examples) == set(COMMANDS)
        for name, one in examples.items():
            assert one["summary"]
            assert type(received(json.dumps(one["value"]).encode()).command).__name__ == name


async def test_every_parameter_of_an_address_has_an_example(dsn: str) -> None:
    document = await _document(dsn)
    for item in document["paths"].values():
        for operation in item.values():
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "path":
                    assert parameter["example"]


async def test_every_kind_of_problem_is_documented(dsn: str) -> None:
    document = await _document(dsn)
    (tag,) = [tag for tag in document["tags"] if tag["name"] == "Problems"]
    kinds = {kind.KIND for kind in refusals()} | set(KINDS)
    assert set(re.findall(r"^\| `([a-z-]+)` \|", tag["description"], re.MULTILINE)) == kinds


async def test_every_question_documents_its_answer_and_its_problems(dsn: str) -> None:
    document = await _document(dsn)
    for path, item in document["paths"].items():
        for operation in item.values():
            answers = operation["responses"]
            assert operation["summary"], path
            assert any("$ref" in json.dumps(answer) for status, answer in answers.items() if status < "300"), path
            if not path.startswith(("/health", "/status")) and path != "/catalogue":  # which ask for nothing
                assert any(status >= "400" for status in answers), path


def test_the_kinds_answered_with_422_are_rules_of_the_record() -> None:
    assert {kind.KIND for kind in refusals()} >= UNPROCESSABLE
    assert not {kind.KIND for kind in refusals()} & set(KINDS)


async def _document(dsn: str) -> dict[str, Any]:
    async with serving(dsn) as api:
        answer = await api.get("/docs/openapi.json")
        assert answer.status_code == 200
        found: dict[str, Any] = answer.json()
        assert found["openapi"].startswith("3.1")
        return found


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name == "$ref":
                yield value
            else:
                yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)
