"""The Korean catalogue: every sentence of the code, sorted, with its translation; then compiled.

`scripts/messages` keeps what is translated, adds what is new (empty), drops what is gone and compiles; `scripts/messages T.json`
also fills in translations from a table `{msgid: ko}` (for a plural: its singular). Sorted and without places or dates, so that two
people's changes rarely touch the same line.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import django
import polib
from django.conf import settings
from django.utils.translation import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "dure"
CATALOGUE = SOURCE / "locale" / "ko" / "LC_MESSAGES" / "django.po"
KEYWORDS = (
    "gettext_noop",
    "gettext_lazy",
    "ngettext_lazy:1,2",
    "pgettext:1c,2",
    "npgettext:1c,2,3",
    "pgettext_lazy:1c,2",
    "npgettext_lazy:1c,2,3",
)
HEADER = {
    "Project-Id-Version": "dure",
    "PO-Revision-Date": "",
    "Last-Translator": "",
    "Language-Team": "",
    "Language": "ko",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
Key = tuple[str, str]


def extracted() -> polib.POFile:
    """Every sentence marked for translation in Python and templates."""
    with tempfile.TemporaryDirectory() as folder:
        files = [_prepared(path, Path(folder)) for path in _sources()]
        listing = Path(folder) / "files"
        listing.write_text("\n".join(map(str, files)), encoding="utf-8")
        return polib.pofile(_xgettext(listing), check_for_duplicates=False)


def _sources() -> list[Path]:
    found = (*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("templates/**/*.txt"))
    return sorted(path for path in found if "migrations" not in path.parts)


def _prepared(path: Path, folder: Path) -> Path:
    """The file as xgettext reads it: templates become Python-like text first, as Django does it."""
    if path.suffix == ".py":
        return path
    if not settings.configured:
        settings.configure()
        django.setup()
    out = folder / (str(path.relative_to(SOURCE)).replace("/", "__") + ".py")
    out.write_text(templatize(path.read_text(encoding="utf-8"), origin=str(path)), encoding="utf-8")
    return out


def _xgettext(listing: Path) -> str:
    command = ["xgettext", "--language=Python", "--from-code=UTF-8", "--no-location", "--output=-"]
    keywords = [f"--keyword={keyword}" for keyword in KEYWORDS]
    done = subprocess.run(
        [*command, *keywords, f"--files-from={listing}"], check=True, capture_output=True, text=True
    )
    return done.stdout


def key_of(entry: polib.POEntry) -> Key:
    return (entry.msgctxt or "", entry.msgid)


def merged(old: polib.POFile, fresh: polib.POFile, table: dict[str, str]) -> polib.POFile:
    """The fresh sentences with their old or given translations, sorted."""
    known = {key_of(entry): entry for entry in old if not entry.obsolete and "fuzzy" not in entry.flags}
    out = polib.POFile(wrapwidth=0)
    out.metadata = HEADER
    for entry in sorted(fresh, key=key_of):
        kept = known.get(key_of(entry))
        out.append(_translated(entry, kept, table.get(entry.msgid)))
    return out


def _translated(entry: polib.POEntry, kept: polib.POEntry | None, given: str | None) -> polib.POEntry:
    # xgettext takes the “% i” of “95% interval” for a place; only named places and doubled signs are ours
    flags = ["python-format"] if "%(" in entry.msgid or "%%" in entry.msgid else []
    text = given or (kept and (kept.msgstr_plural.get(0) or kept.msgstr)) or ""
    ours = {"msgid": entry.msgid, "msgctxt": entry.msgctxt, "flags": flags}
    if entry.msgid_plural:
        return polib.POEntry(**ours, msgid_plural=entry.msgid_plural, msgstr_plural={0: text})
    return polib.POEntry(**ours, msgstr=text)


def untranslated(catalogue: polib.POFile) -> list[str]:
    return [entry.msgid for entry in catalogue if not entry.translated()]


def main() -> int:
    table = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")) if len(sys.argv) > 1 else {}
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    old = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()
    catalogue = merged(old, extracted(), table)
    catalogue.save(str(CATALOGUE))
    subprocess.run(["msgfmt", "--check", "-o", CATALOGUE.with_suffix(".mo"), CATALOGUE], check=True)
    missing = untranslated(catalogue)
    sys.stdout.write(f"{len(catalogue)} sentences, {len(missing)} without Korean\n")
    sys.stdout.writelines(f"  {sentence!r}\n" for sentence in missing)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
