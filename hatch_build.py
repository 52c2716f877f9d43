"""Puts the examples into the wheel, so that an installed `slm demo` finds its contract and its year."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ExamplesIntoWheel(BuildHookInterface):  # type: ignore[type-arg]  # its configuration class is not public
    """Adds `examples/` as `slm_api/examples` to a wheel, and nothing to an editable installation.

    In a checkout the examples are read where they lie; a copy in site-packages would go stale there unseen.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the folder to include; hatchling calls this before it builds (`version`: "standard" or "editable")."""
        if version == "standard":
            build_data["force_include"]["examples"] = "slm_api/examples"
