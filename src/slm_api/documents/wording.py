"""Text in a document, and the two-language titles that the JSON Schema shows for each field."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from slm_api.documents.finding import refused


class Authored(BaseModel):
    """A part of a document that people write. Nothing unknown is let through, nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def titled(ja: str, en: str) -> Any:  # noqa: ANN401 - pydantic's own type for it
    """A field's title in both languages."""
    return Field(title=f"{ja} / {en}")


def _readable(value: str) -> str:
    value = value.strip()
    if any((character < " " and character != "\n") or "\x7f" <= character <= "\x9f" for character in value):
        raise refused(
            "control_character",
            ja="制御文字が含まれています",
            en="The text holds a control character",
            mend_ja="見える文字だけで書いてください",
            mend_en="Write it with visible characters only",
        )
    if not value:
        raise refused(
            "empty_text",
            ja="文が空です",
            en="The text is empty",
            mend_ja="内容を書いてください",
            mend_en="Write what is meant",
        )
    return value


Text = Annotated[str, Field(strict=True, min_length=1, max_length=4000), AfterValidator(_readable)]
CODE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_.-]*$"
Code = Annotated[str, Field(strict=True, max_length=64, pattern=CODE_PATTERN)]


class Words(Authored):
    """A name or sentence for people, in both languages."""

    ja: Annotated[Text, titled("日本語", "Japanese")]
    en: Annotated[Text, titled("英語", "English")]
