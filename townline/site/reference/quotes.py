"""Code quoted in a document is the code itself.

A quotation is a line that names the file and what to take from it, with the
block that follows: “From `townline/cases/policy.py`: `CasePolicy.close`, `CasePolicy._has`”.
"""

import ast
import re
from textwrap import dedent

from townline.site.reference.source import ROOT

QUOTATION = re.compile(
    r"(?P<head>^From `(?P<path>[^`]+)`: (?P<names>[^\n]+)\n+```python\n)(?P<code>.*?)^```$", re.DOTALL | re.MULTILINE
)

Named = ast.FunctionDef | ast.ClassDef


def refreshed(text: str) -> str:
    """A document with each quotation as the code says it now."""
    return QUOTATION.sub(lambda found: f"{found['head']}{quoted(found['path'], found['names'])}\n```", text)


def quoted(path: str, names: str) -> str:
    """These definitions of a file, one after the other, each as it is written there."""
    source = (ROOT / path).read_text(encoding="utf-8")
    wanted = re.findall(r"`([^`]+)`", names)
    gap = "\n\n" if all("." in name for name in wanted) else "\n\n\n"
    return gap.join(_piece(source, name) for name in wanted)


def _piece(source: str, name: str) -> str:
    node: ast.AST = ast.parse(source)
    for step in name.split("."):
        node = next(found for found in getattr(node, "body", []) if _is_named(found, step))
    assert isinstance(node, ast.stmt)
    first = min([node.lineno, *(decorator.lineno for decorator in getattr(node, "decorator_list", []))])
    return dedent("\n".join(source.splitlines()[first - 1 : node.end_lineno]))


def _is_named(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(target, ast.Name) and target.id == name for target in targets)
    return isinstance(node, Named) and node.name == name
