"""Read `/command@bot argument`."""

import re
from dataclasses import dataclass

_COMMAND = re.compile(r"/([A-Za-z][A-Za-z0-9_]{0,31})(?:@([A-Za-z0-9_]{1,64}))?(?:\s+(.*))?", re.DOTALL)
_DEEP_LINK = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    argument: str | None
    bot: str | None
    """The bot that the command names, if it names one."""

    @property
    def text(self) -> str:
        return f"/{self.name} {self.argument}" if self.argument else f"/{self.name}"

    @property
    def source(self) -> str | None:
        """The payload of a deep link; what a person typed after /start by hand is none."""
        if self.name != "start" or not self.argument or not _DEEP_LINK.fullmatch(self.argument):
            return None
        return self.argument

    def is_for(self, username: str | None) -> bool:
        """While our own name is not known yet, every command is taken as ours."""
        return self.bot is None or username is None or self.bot.lower() == username.lower()


def read_command(text: str) -> Command | None:
    if not text.startswith("/"):
        return None
    match = _COMMAND.fullmatch(text.rstrip())
    if match is None:
        return None
    name, bot, argument = match.groups()
    return Command(name.lower(), (argument or "").strip() or None, bot)
