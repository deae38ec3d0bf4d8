"""Reads YAML 1.2 into plain values, and remembers the line of every place in it."""

from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

Loc = tuple[int | str, ...]
Lines = dict[Loc, int]


class UnreadableError(Exception):
    """This is not the YAML of a pack: where, what is wrong, what would be right."""

    def __init__(self, line: int, what: str, right: str) -> None:
        self.line, self.what, self.right = line, what, right
        super().__init__(what)


def read_yaml(source: bytes) -> tuple[Any, Lines]:
    """What a document holds, and the line of each place, counted from one."""
    lines: Lines = {}
    try:
        node = YAML(typ="safe", pure=True).compose(source.decode("utf-8"))
        return (_plain(node, (), lines) if node else None), lines
    except UnicodeDecodeError as error:
        raise UnreadableError(1, "The file is not UTF-8 text.", "Save it as UTF-8.") from error
    except RecursionError as error:
        raise UnreadableError(
            1, "Something in this file holds itself.", "Write it out instead of naming it again."
        ) from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        what = f"This is not YAML: {error.problem or error.context}."
        raise UnreadableError(line, what, "Look at indents, colons and quotes here.") from error
    except YAMLError as error:
        raise UnreadableError(
            1, "This is not YAML.", "Write fields as “name: value” and lists with hyphens."
        ) from error


def line_of(lines: Lines, loc: Loc) -> int:
    """The line of a place; of the nearest thing around it when the place itself is not written down."""
    while loc and loc not in lines:
        loc = loc[:-1]
    return lines.get(loc, 1)


def _plain(node: Node, loc: Loc, lines: Lines) -> Any:
    lines.setdefault(loc, node.start_mark.line + 1)
    if isinstance(node, MappingNode):
        return _fields(node, loc, lines)
    if isinstance(node, SequenceNode):
        return [_plain(item, (*loc, number), lines) for number, item in enumerate(node.value)]
    if "\0" in node.value:
        line = node.start_mark.line + 1
        raise UnreadableError(line, "There is a NUL character in this text.", "Take it out.")
    return _scalar(str(node.tag), str(node.value))


def _fields(node: MappingNode, loc: Loc, lines: Lines) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in node.value:
        line, name = key.start_mark.line + 1, str(key.value)
        if name in found:
            raise UnreadableError(line, f"The field “{name}” stands here twice.", "Keep one of the two.")
        lines[(*loc, name)] = line
        found[name] = _plain(value, (*loc, name), lines)
    return found


def _scalar(tag: str, text: str) -> Any:
    """A scalar by the tag that its look gave it; what does not fit its tag stays the text it is."""
    kind = tag.rpartition(":")[2]
    try:
        if kind == "int":
            return int(text.replace("_", ""), 0 if text.lstrip("+-")[:2] in ("0x", "0o") else 10)
        if kind == "float":
            return float(text)
        if kind == "timestamp":
            return date.fromisoformat(text)
    except ValueError:
        return text
    return {"null": None, "bool": text.lower() == "true"}.get(kind, text)
