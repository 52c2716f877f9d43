"""From the text that someone sends to what it says."""

from slm_api.documents.json_text import read_json
from slm_api.documents.written import Written, too_large, unreadable
from slm_api.documents.yaml_text import read_yaml

MAX_CHARACTERS = 1_000_000


def written(text: bytes | str, *, source: str) -> Written:
    """Read JSON (when it begins with a brace) or YAML. Raises `DocumentRefused` when it is neither."""
    text = _decoded(text, source)
    if len(text) > MAX_CHARACTERS:
        raise too_large(source)
    return read_json(text, source) if text.lstrip().startswith("{") else read_yaml(text, source)


def _decoded(text: bytes | str, source: str) -> str:
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise unreadable(
            source,
            text[: error.start].count(b"\n") + 1,
            "文字コードが UTF-8 ではありません",
            "The text is not UTF-8",
            "UTF-8 で保存し直してください",
            "Save it as UTF-8",
        ) from error
