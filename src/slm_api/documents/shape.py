"""Which fields a part of the document may have, found by walking the models along a path."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from slm_api.documents.draft import at
from slm_api.documents.finding import Path
from slm_api.documents.sla_document import SlaDocument
from slm_api.documents.written import Tree


def known_fields(path: Path, tree: Mapping[str, Tree]) -> tuple[str, ...]:
    """The fields that the part at this path may have; empty when it is no part with fields."""
    annotation: Any = SlaDocument
    node: Tree = tree
    for step in path:
        annotation = _inside(annotation, step, node)
        node = at(node, (step,))
    model = _model(annotation, node)
    return tuple(model.model_fields) if model else ()


def _inside(annotation: Any, step: str | int, node: Tree) -> Any:  # noqa: ANN401 - annotations have no common type
    if get_origin(annotation) in (tuple, dict):
        return next(argument for argument in reversed(get_args(annotation)) if argument is not Ellipsis)
    model = _model(annotation, node)
    field = model.model_fields.get(step) if model and isinstance(step, str) else None
    return field.annotation if field else None


def _model(annotation: Any, node: Tree) -> type[BaseModel] | None:  # noqa: ANN401 - as above
    """The model an annotation stands for; of several, the one whose `rule` the node names."""
    models = list(_models(annotation))
    rule = node.get("rule") if isinstance(node, dict) else None
    named = (model for model in models if "rule" in model.model_fields and rule in _literals(model))
    return next(named, models[0] if models else None)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - as above
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    else:
        for argument in get_args(annotation):
            yield from _models(argument)


def _literals(model: type[BaseModel]) -> tuple[object, ...]:
    return get_args(model.model_fields["rule"].annotation)
