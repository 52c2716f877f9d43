"""Imports a package with every division watched: one that makes a float raises where it stands.

Source text shows float literals and conversions, but not what `a / b` makes of two numbers; only running it does.
"""

import ast
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType

WATCH = "_watched_quotient"


class InexactDivisionError(ArithmeticError):
    """A division made a float."""


def quotient(left: object, right: object) -> object:
    """The quotient, unless it is a float."""
    found = left / right  # type: ignore[operator]  # whatever the watched place divides
    if isinstance(found, float):
        raise InexactDivisionError(f"{left!r} / {right!r} makes the float {found!r}")
    return found


class _Watched(ast.NodeTransformer):
    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.op, ast.Div):
            return node
        call = ast.Call(func=ast.Name(id=WATCH, ctx=ast.Load()), args=[node.left, node.right], keywords=[])
        return ast.copy_location(call, node)


class WatchedLoader(SourceFileLoader):
    """Compiles the module anew, never from a cache, and hands it the watch."""

    def get_code(self, fullname: str) -> CodeType:
        """The module's code with its divisions watched."""
        path = self.get_filename(fullname)
        tree = ast.fix_missing_locations(_Watched().visit(ast.parse(self.get_data(path), path)))
        return compile(tree, path, "exec")

    def exec_module(self, module: ModuleType) -> None:
        """Run the module."""
        vars(module)[WATCH] = quotient
        super().exec_module(module)


class Watch(MetaPathFinder):
    """Finds the modules of the packages that are watched. To be put before all other finders."""

    def __init__(self, packages: Sequence[str]) -> None:
        self.packages = tuple(packages)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module with its watched loader, if it belongs to a watched package."""
        if fullname.partition(".")[0] not in self.packages:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is None or not isinstance(spec.loader, SourceFileLoader):
            return None
        spec.loader = WatchedLoader(fullname, spec.loader.path)
        return spec


def watch(*packages: str) -> None:
    """Watch all divisions of the packages, none of whose modules may be imported yet."""
    early = [name for name in sys.modules if name.partition(".")[0] in packages]
    if early:
        raise AssertionError(f"imported before the watch began: {early}")
    sys.meta_path.insert(0, Watch(packages))
