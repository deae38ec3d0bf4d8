"""docs/commands.md: what can be done from a terminal."""

import argparse
import os
from argparse import Action
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

from townline.jobs.schedule import Periodic, periodic_jobs
from townline.site.reference.source import document, first_words, table

INTRODUCTION = """
    Every command of Townline itself, in the order of the alphabet. From a checkout they are run as
    `.venv/bin/townline`, from an installed package as `townline`. `townline help COMMAND` says the same.
"""
ALSO = """
## Commands that come with Django

They are there too (`townline help` lists them). The ones an administrator meets: `migrate` (part of `setup`),
`check --database default` (is everything sound, and are events still protected), `dbshell` (a shell on the database).
"""


def page() -> str:
    """The page."""
    ours = sorted(name for name, app in get_commands().items() if app.startswith("townline."))
    with _no_settings():
        return document("Commands", INTRODUCTION, *(_section(name) for name in ours), ALSO.lstrip(), _by_itself())


def _by_itself() -> str:
    """What the worker does without being told."""
    rows = [(_when(one), first_words(one.task.func.__doc__)) for one in periodic_jobs()]
    told = "The worker does this without being told, in the time of the municipality.\n\n"
    return "## What comes round by itself\n\n" + told + table(("when", "what"), sorted(rows))


def _when(one: Periodic) -> str:
    if one.every:
        return f"every {int(one.every.total_seconds() // 60)} minutes"
    return "daily at " + ", ".join(f"{at:%H:%M}" for at in one.at)


@contextmanager
def _no_settings() -> Iterator[None]:
    """Defaults are shown as they are where nothing is set, not as they are on this machine."""
    kept = dict(os.environ)
    for name in [name for name in kept if name.startswith("TOWNLINE_")]:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(kept)


def _section(name: str) -> str:
    command = load_command_class(get_commands()[name], name)
    own = _own_actions(command, name)
    rows = [(f"`{_written(action)}`", _said(action)) for action in own]
    words = first_words(str(command.help)).split(": ", 1)
    help_text = words[-1] if words[0].startswith("`townline") else first_words(str(command.help))
    parts = [f"## {name}\n", f"```\n{_usage(name, own)}\n```\n", help_text[:1].upper() + help_text[1:] + "\n"]
    return "\n".join([*parts, *([table(("option", "what it does"), rows)] if rows else [])])


def _own_actions(command: BaseCommand, name: str) -> list[Action]:
    """What the command asks for itself, without what every Django command understands."""
    common = {action.dest for action in BaseCommand().create_parser("townline", name)._actions}
    return [action for action in command.create_parser("townline", name)._actions if action.dest not in common]


def _usage(name: str, own: list[Action]) -> str:
    words = [_written(action) if action.required else f"[{_written(action)}]" for action in own]
    return " ".join(["townline", name, *sorted(words, key=lambda word: "--" in word)])


def _written(action: Action) -> str:
    value = str(action.metavar or "|".join(map(str, action.choices or [])) or action.dest.upper())
    if not action.option_strings:
        return value
    flag = max(action.option_strings, key=len)
    takes_no_value = action.nargs == 0
    return flag if takes_no_value else f"{flag} {value}"


def _said(action: Action) -> str:
    text = str(action.help or "").strip()
    text = text[:1].upper() + text[1:]
    others = [flag for flag in action.option_strings if flag != max(action.option_strings, key=len)]
    has_default = action.default not in (None, False, argparse.SUPPRESS) and bool(action.option_strings)
    told = [text.rstrip(".") + "." if text else ""]
    told += [f"Also `{flag}`." for flag in others]
    told += [f"Without it: {action.default}."] if has_default else []
    return " ".join(filter(None, told))
