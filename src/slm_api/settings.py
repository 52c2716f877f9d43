"""What an operator can set, from environment variables. docs/settings.md lists them; a test keeps it true."""

import ipaddress
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

Language = Literal["ja", "en"]


class SettingsRefused(Exception):
    """A setting has a value that cannot be used; the message names the variable and what it takes."""


def loopback(host: str) -> str:
    """The address, if it is one of this machine alone. Raises `ValueError` otherwise: there is no login yet."""
    try:
        own = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        own = False
    if not own:
        raise ValueError(
            f"the API has no login yet and is served on this machine only: {host!r} is not a loopback address; "
            "use 127.0.0.1, ::1 or localhost"
        )
    return host


class Settings(BaseModel):
    """All settings. Each field is the environment variable `SLM_` and its name in capitals."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    database_url: Annotated[
        str | None, Field(description="PostgreSQL 15 or later to use; without it, the embedded one.")
    ] = None
    data_directory: Annotated[
        Path | None,
        Field(description="Folder of the embedded database; /var/lib/slm for root, else slm in the XDG data folder."),
    ] = None
    host: Annotated[
        str, AfterValidator(loopback), Field(description="Address the API is served on; a loopback address only.")
    ] = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535, description="Port the API is served on.")] = 8480
    language: Annotated[Language, Field(description="Language of the command line: ja or en.")] = "ja"

    @classmethod
    def of_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """The settings of the environment; an empty variable counts as not set. Raises `SettingsRefused`."""
        given = {name: environment.get(variable(name), "") for name in cls.model_fields}
        try:
            return cls.model_validate({name: value for name, value in given.items() if value})
        except ValidationError as wrong:
            told = [f"{variable(str(error['loc'][0]))}: {error['msg']}" for error in wrong.errors()]
            raise SettingsRefused("; ".join(told)) from None


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return f"SLM_{name.upper()}"
