"""docs/reference/settings.md: every environment variable that the site reads."""

from dure.settings import env, faults

_HEAD = """# Settings

Made from `dure.settings.env.SETTINGS` by `./dure manage reference --write`; a test keeps the two equal. Settings are environment
variables, read once at start. One that is wrong is named before anything starts. What only the launcher and the commands read
stands in [cli.md](cli.md#environment-of-the-commands); how they play together in production stands in
[run-in-production.md](../how-to/run-in-production.md).

Settings marked *secret* hold passwords or keys: keep them out of shell histories and logs.
"""


def document() -> str:
    return "\n".join([_HEAD, *(_entry(setting) for setting in env.SETTINGS.values())])


def _entry(setting: env.Setting) -> str:
    default = f"`{setting.default}`" if setting.default else "empty"
    facts = [
        f"Default: {default}",
        *["secret"] * setting.secret,
        *["checked at start"] * (setting.name in faults.CHECKS),
    ]
    return f"## {setting.name}\n\n{setting.en}\n{setting.ko}\n\n{'; '.join(facts)}.\n"
