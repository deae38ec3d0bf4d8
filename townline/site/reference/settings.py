"""docs/settings.md: every setting, with its default as the code has it."""

import ast
import re
from pathlib import Path

from townline.site.reference.source import ROOT, calls, document, files, table

NAME = re.compile(r"\b(?:TOWNLINE_[A-Z]+(?:_[A-Z]+)*|DATABASE_URL|EMAIL_URL)\b")
KINDS = {"bool": "yes or no", "int": "a number", "list": "a list with commas"}
SETTINGS = "townline/site/settings.py"

INTRODUCTION = """
    Settings are environment variables, read once at the start. None is needed for a first try: without any,
    Townline keeps everything in the folder `var/`. A setting that is missing where it is needed stops the
    start with a sentence. Yes and no are written `true` and `false`.
"""
DESCRIBED: dict[str, dict[str, str]] = {
    "The installation": {
        "TOWNLINE_VAR": "The folder for everything that is not in the database server: the SQLite file, the secret "
        "key, mail that is written to files, collected static files.",
        "TOWNLINE_BASE_URL": "The address the public knows. Links in e-mail begin with it. When it begins with "
        "`https://`, cookies are marked secure and browsers are told to come by HTTPS only. `townline serve` "
        "takes the address it listens on when this is not set.",
        "TOWNLINE_HOSTS": "The host names under which this installation answers, besides the one in "
        "`TOWNLINE_BASE_URL`; others are refused.",
        "TOWNLINE_SECRET_KEY": "The secret that signs sessions and the links in e-mail. Without it, the file "
        "`secret-key` in `TOWNLINE_VAR`, which `townline setup` makes.",
        "TOWNLINE_VAULT_KEY": "The keys that confidential content is wrapped with, as `name:BASE64`, the one for new "
        "content first, commas between them. Without it, the file of the next setting.",
        "TOWNLINE_VAULT_KEY_FILE": "The file of those keys, one a line, which `townline setup` makes. Keep a copy "
        "of it apart from the backups of the database: without it nothing confidential can be read again.",
        "TOWNLINE_VAULT_SHARES": "The folder of the half of each matter’s key that is not in the database. Mirror it "
        "as it is and keep no older copies: what was destroyed must not come back.",
        "TOWNLINE_AUDIT_KEY_FILE": "The file of the key that signs the daily checkpoints of the events, which "
        "`townline setup` makes.",
        "TOWNLINE_WITNESS_FOLDER": "A folder outside this machine’s reach, such as a write-once share, in which each "
        "day’s checkpoint is kept.",
        "TOWNLINE_WITNESS_EMAIL": "An address outside, such as the Clerk’s, to which each day’s checkpoint is mailed.",
        "TOWNLINE_ZONE": "The time zone in which hours, days and due moments are reckoned.",
        "TOWNLINE_HOST": "The network address that `townline serve` listens on.",
        "TOWNLINE_PORT": "The port that `townline serve` listens on.",
        "TOWNLINE_TRUSTED_PROXIES": "How many proxies stand before the web server. Where attempts are counted by "
        "address, the address is then taken from `X-Forwarded-For`, past that many.",
        "TOWNLINE_STATIC": "Where style sheets and scripts are collected for serving.",
    },
    "The database and the queue": {
        "DATABASE_URL": "The database: `postgres://USER:PASSWORD@HOST:PORT/NAME`, or a SQLite file.",
        "TOWNLINE_DATABASE_POOL": "The most connections to PostgreSQL that one process keeps.",
        "TOWNLINE_JOB_LEASE": "Seconds a worker may be silent before its job is given to another one.",
    },
    "Photos and documents": {
        "TOWNLINE_FILES": "The folder in which each attachment is a file of its own. Back it up too.",
        "TOWNLINE_LARGEST_FILE": "The most megabytes one file may have.",
        "TOWNLINE_CLAMD": "Where ClamAV’s daemon listens: the path of its socket, or `HOST:PORT`. With it, files are "
        "for staff only until they are scanned, and nobody gets an infected one. Without it, each file is "
        "marked as not scanned.",
    },
    "E-mail": {
        "EMAIL_URL": "The mail server: `smtp+tls://USER:PASSWORD@HOST:587`, `smtp+ssl://…:465` or `smtp://…:25`. "
        "Without it, each message becomes a file in `outbox/` under `TOWNLINE_VAR`, and nothing is sent.",
        "TOWNLINE_MAIL_FROM": "The sender of all mail. Without it, the e-mail address in the municipality’s profile.",
    },
    "Signing in": {
        "TOWNLINE_CACHE": "Where wrong passwords and codes are counted: `memory`, in each web process, or `database`, "
        "for all of them. Without it, `database` on PostgreSQL and `memory` on SQLite.",
        "TOWNLINE_SMS_URL": 'A gateway that sends texts: it takes a POST of `{"to": "+1…", "text": "…"}` as JSON. '
        "With it, customers may also sign up and in with a code to a mobile phone.",
        "TOWNLINE_SMS_TOKEN": "The key that the gateway asks for, sent as `Authorization: Bearer …`.",
        "TOWNLINE_OIDC_ISSUER": "The municipality’s own identity provider (OpenID Connect), by which staff sign in: "
        "its issuer, exactly as it names itself. This and the next two belong together; a check says when one is "
        "missing.",
        "TOWNLINE_OIDC_CLIENT_ID": "What the provider calls this installation.",
        "TOWNLINE_OIDC_SECRET": "The secret that the provider gave for it.",
        "TOWNLINE_OIDC_SCOPE": "What the provider is asked for, with spaces between.",
        "TOWNLINE_OIDC_NAME": "What the button says in English. Without it, “Staff: sign in with your work account”.",
        "TOWNLINE_OIDC_NAME_FR": "What the button says in French.",
        "TOWNLINE_OIDC_CLAIM": "What the provider must say of somebody, as `NAME=VALUE`, for instance a group. "
        "Without it, an account or an invitation here is enough.",
        "TOWNLINE_OIDC_SECOND_FACTOR": "The values of `amr` or `acr` by which the provider says that it asked for a "
        "second step. With one of them ours is not asked. Without this setting, ours always is.",
        "TOWNLINE_OIDC_ONLY": "Staff sign in through the provider only; passwords, codes and passkeys are for "
        "customers.",
        "TOWNLINE_OIDC_EXCEPT": "The addresses of staff who may sign in without the provider all the same, for the day "
        "it is away: the administrator’s.",
    },
    "At the door": {
        "TOWNLINE_HOLD_AFTER": "So many reports an hour from one address on the network go straight to a department "
        "when nobody is signed in; what comes after waits to be looked at, and nothing is lost. 0 holds nothing, and "
        "counts nothing else on the portal either.",
    },
    "Trying and developing": {
        "TOWNLINE_DEMO": "A demonstration: the invented town moves in, each role signs in with one click and "
        "without a second factor, and every page says so. Never where real people’s data is.",
        "TOWNLINE_DEMO_TOWN": "The pack that a demonstration shows: the name of one that comes with Townline, "
        "or a folder.",
        "TOWNLINE_DEBUG": "Django’s debug pages. Never in an installation that the public can reach.",
        "TOWNLINE_PYTHON": "The Python that `script/setup` makes its environment with.",
        "TOWNLINE_POSTGRES": "The folder with the programs of the PostgreSQL that `script/postgres` starts.",
        "TOWNLINE_CHROMIUM": "The browser that `script/test` uses.",
    },
}


def page() -> str:
    """The page."""
    defaults = found_defaults()
    parts = []
    for heading, described in DESCRIBED.items():
        rows = [(f"`{name}`", words, *defaults.get(name, ("text", ""))) for name, words in described.items()]
        shown = [(name, words, kind, f"`{default}`" if default else "none") for name, words, kind, default in rows]
        parts.append(f"## {heading}\n\n" + table(("setting", "what it is", "written as", "default"), shown))
    return document("Settings", INTRODUCTION, *parts)


def named_in_code() -> set[str]:
    """Every setting that the code or the scripts speak of."""
    scripts = [path for path in (ROOT / "script").iterdir() if path.is_file()]
    texts = (path.read_text(encoding="utf-8") for path in [*files(), *scripts])
    return {name for text in texts for name in NAME.findall(text)}


def found_defaults() -> dict[str, tuple[str, str]]:
    """How each setting is written, and its default: from the settings first, then from the rest."""
    found: dict[str, tuple[str, str]] = {}
    for path in sorted(files(), key=lambda path: path != ROOT / SETTINGS):
        for _place, call in calls(path):
            read = _read(call, path)
            if read and (read[0] not in found or not found[read[0]][1]):
                found[read[0]] = (read[1], read[2])
    return found


def _read(call: ast.Call, path: Path) -> tuple[str, str, str] | None:
    """The name, kind and default of the setting that this call reads; None for any other call."""
    name = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
    if not isinstance(name, str) or not NAME.fullmatch(name) or not isinstance(call.func, ast.Attribute):
        return None
    given = [*call.args[1:2], *(keyword.value for keyword in call.keywords if keyword.arg == "default")]
    kind = "an address (URL)" if name.endswith("_URL") else KINDS.get(call.func.attr, "text")
    return name, kind, said(given[0]) if given else ""


def said(node: ast.expr) -> str:
    """A default as an administrator would write it."""
    match node:
        case ast.Constant(value=bool() as value):
            return "true" if value else "false"
        case ast.Constant(value=value):
            return "" if value is None else str(value)
        case ast.List(elts=elements):
            return ",".join(said(element) for element in elements)
        case ast.JoinedStr(values=values):
            return "".join(said(value) for value in values)
        case ast.FormattedValue(value=value):
            return said(value)
        case ast.Name(id=name):
            return name.lower()
        case ast.BinOp(left=left, right=right):
            return f"{said(left)}/{said(right)}"
        case ast.Call(args=[only]):
            return said(only)
    return ast.unparse(node)
