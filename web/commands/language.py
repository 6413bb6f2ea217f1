"""The language of the command line: in help, in usage errors, in what click itself says."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from click import core, decorators, exceptions, formatting, parser, types

from indexer.messages import LANGUAGES, Language
from web import language
from web.terminal.say import lenient_output
from web.texts import TEXTS, t
from web.texts.command import CLICK

_OPTION = "--lang"
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""What names the locale of messages, the stronger first (POSIX)."""
_NO_LANGUAGE = ("", "C", "POSIX")


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """What --lang asks for, else the locale's: English where it names any language but Chinese."""
    for at, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        asked = value or "".join(arguments[at + 1 : at + 2])
        if name == _OPTION and asked in LANGUAGES:
            return "en" if asked == "en" else "zh"
    named = next((environment[name] for name in _LOCALE if environment.get(name)), None)
    name = (_of_windows() if named is None else named).split(".")[0]
    return "zh" if name in _NO_LANGUAGE or name.startswith(("zh", "Chinese")) else "en"


def _of_windows() -> str:
    """The user's locale where no variable names it: zh_CN, or Chinese (Simplified)_China; "" elsewhere."""
    return (locale.getlocale()[0] or "") if sys.platform == "win32" else ""


class FilePath(click.Path):
    """A file that exists; its path may lead on, to a file that lies in it."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if any(folder.is_file() for folder in Path(value).parents):
            return Path(value)
        return super().convert(value, param, ctx)


class Command(click.Command):
    """A command that takes --lang; its help is the text `command_NAME`, its options' `option_NAME`,
    or `option_NAME_COMMAND`. One of a group's own, `of` that, is `GROUP_NAME` there."""

    def __init__(self, *arguments: Any, of: str = "", **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.key = f"{of}_{self.name}" if of else self.name
        choice = click.Choice(LANGUAGES)
        self.params.append(click.Option([_OPTION], type=choice, expose_value=False))

    def tell(self, context: click.Context) -> None:
        """Put all of its help in the language of the moment."""
        self.help = t(f"command_{self.key}")
        self.options_metavar = t("command_options")
        for option in self.get_params(context):
            if isinstance(option, click.Option):
                option.help = self._told(max(option.opts, key=len).lstrip("-"))

    def _told(self, option: str) -> str:
        """The help of an option: this command's own, where it means something else here."""
        own = f"option_{option}_{self.key}"
        return t(own if own in TEXTS else f"option_{option}")


class Group(Command, click.Group):
    """The program, or a command of several: they speak the language that the reader has."""

    command_class = Command

    def tell(self, context: click.Context) -> None:
        super().tell(context)
        self.subcommand_metavar = t("command_subcommand")
        for command in self.commands.values():
            if isinstance(command, Command):
                command.tell(context)

    def main(self, args: Sequence[str] | None = None, *others: Any, **settings: Any) -> Any:
        arguments = sys.argv[1:] if args is None else list(args)
        with language.outside(language_of(arguments, os.environ)):
            lenient_output(as_json="--json" in arguments)
            self.tell(click.Context(self, **self.context_settings))
            return super().main(arguments, *others, **settings)


def _click_says(text: str) -> str:
    return CLICK.get(text, text) if language.current() == "zh" else text


def _click_counts(one: str, many: str, count: int) -> str:
    return _click_says(one if count == 1 else many)


for _room in (core, decorators, exceptions, formatting, parser, types):
    # gettext, which click asks for each of its texts, knows tables only as compiled files
    vars(_room).update(_=_click_says, ngettext=_click_counts)
