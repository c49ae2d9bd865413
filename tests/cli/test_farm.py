"""`dure farm simulate`: a table, a picture and JSON of what policies would have done; faults in words, each with its line."""

import json
import os
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from dure.cli import farm_words
from dure.cli.main import main
from dure.engines.scheduling import POLICIES
from dure.engines.scheduling.simulation.faults import CODES

MIRROR = os.environ.get("DURE_DATA_MIRROR", "")
Said = pytest.CaptureFixture[str]
SVG = "{http://www.w3.org/2000/svg}"
PLACES = re.compile(r"{(\w+)}")


@pytest.fixture
def trace(tmp_path: Path) -> Path:
    """Two members that want four cores for ten hours each in small jobs, and one wide job between them."""
    rows = ["submit,run,limit,cores,member,user"]
    rows += [f"{at},3600,7200,1,kt,kim" for at in range(40)]
    rows += [f"{at},3600,7200,1,kaist,lee" for at in range(40)]
    rows += ["20,600,900,4,etri,park", "30,0,60,1,kt,kim"]
    path = tmp_path / "a <trace>.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def simulate(trace: Path, *words: str) -> int:
    return main(["farm", "simulate", str(trace), *words])


def test_one_policy_is_shown_whole(trace: Path, capsys: Said) -> None:
    assert simulate(trace, "--cores", "4") == 0
    said = capsys.readouterr().out
    assert "81 jobs of 3 members on a farm of 4 cores" in said
    assert "1 that never ran" in said
    assert "fair-easy: usage against share" in said
    assert re.search(r"^kaist +1 +40 ", said, re.MULTILINE)


def test_policies_stand_side_by_side_in_the_readers_language(
    trace: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert simulate(trace, "--cores", "4", "--compare") == 0
    english = capsys.readouterr().out
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert simulate(trace, "--cores", "4", "--policy", "fifo", "--policy", "fair") == 0
    korean = capsys.readouterr().out
    assert [line.split()[0] for line in english.splitlines()[4:]] == list(POLICIES)
    assert "평균 대기" in korean
    assert [line.split()[0] for line in korean.splitlines()[4:]] == ["fifo", "fair"]


def test_shares_decide_who_gets_how_much(trace: Path, tmp_path: Path, capsys: Said) -> None:
    shares = tmp_path / "shares.csv"
    shares.write_text("member,share,cores\nkt,3,\nkaist,1,2\n")
    assert simulate(trace, "--cores", "4", "--json") == 0
    assert simulate(trace, "--cores", "4", "--json", "--shares", str(shares)) == 0
    equal, unequal = read_all(capsys.readouterr().out)
    assert unequal["guaranteed"] == {"kaist": {"cores": 2}}
    assert wait_of("kt", unequal) < wait_of("kt", equal)


def read_all(text: str) -> list[dict[str, object]]:
    decoder, found = json.JSONDecoder(), []
    while text.strip():
        value, end = decoder.raw_decode(text.lstrip())
        text = text.lstrip()[end:]
        found.append(value)
    return found


def wait_of(member: str, said: dict[str, object]) -> float:
    policies = said["policies"]
    assert isinstance(policies, list)
    return next(float(one["mean_wait"]) for one in policies[0]["members"] if one["member"] == member)


def test_the_plot_is_a_picture_that_can_be_read_out(trace: Path, tmp_path: Path) -> None:
    plot = tmp_path / "plot.svg"
    assert simulate(trace, "--cores", "4", "--compare", "--plot", str(plot)) == 0
    picture = ET.fromstring(plot.read_text(encoding="utf-8"))  # noqa: S314 - our own
    assert picture.findtext(f"{SVG}title") == "a <trace>.csv on 4 cores"
    read_out = picture.findtext(f"{SVG}desc") or ""
    assert all(f"{name}: Mean wait, h " in read_out for name in POLICIES)
    bars = [each for each in picture.iter(f"{SVG}rect") if each.get("class") in {"bar", "best"}]
    assert len(bars) == 5 * len(POLICIES)
    assert all(float(bar.get("width", "-1")) >= 0 for bar in bars)


def test_accelerators_are_given_by_their_type(tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "gpu.csv"
    path.write_text("submit,run,cores,gpu:h100,memory_mib\n0,3600,4,2,100\n0,3600,4,2,100\n")
    words = ["--cores", "64", "--accelerator", "gpu:h100=2", "--memory", "4096", "--json"]
    assert simulate(path, *words) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["capacity"] == {"cores": 64, "gpu:h100": 2, "memory_mib": 4096}
    assert said["policies"][0]["longest_wait"] == 3600.0


@pytest.mark.parametrize(
    ("text", "words", "wrong"),
    [
        ("submit,run,cores\n0,x,1\n", ["--cores", "4"], "line 2, run: “x” is no number"),
        ("submit,run,cores\n0,1,9\n", ["--cores", "4"], "make the farm larger"),
        ("submit,run,cores\n0,1,1\n", [], "give --cores"),
        (
            "submit,run,cores\n0,1,1\n",
            ["--cores", "4", "--accelerator", "gpu=1"],
            "no job of the trace needs gpu",
        ),
        ("submit,run,cores,user\n0,1,1,\x1b[31mred\n", ["--cores", "4"], "“�[31mred”"),
        ("1 2 3\n", [], "line 1: 3 fields where Standard Workload Format has 18"),
        ("", [], "no job in it that ran"),
    ],
)
def test_faults_say_where_and_what_to_do(
    tmp_path: Path, capsys: Said, text: str, words: list[str], wrong: str
) -> None:
    path = tmp_path / "trace"
    path.write_text(text, encoding="utf-8")
    assert simulate(path, *words) == 1
    said = capsys.readouterr()
    assert wrong in said.err
    assert said.out == ""


def test_more_may_not_be_guaranteed_than_there_is(trace: Path, tmp_path: Path, capsys: Said) -> None:
    shares = tmp_path / "shares.csv"
    shares.write_text("member,share,cores\nkt,3,3\nkaist,1,2\n")
    assert simulate(trace, "--cores", "4", "--shares", str(shares)) == 1
    assert "5 cores are guaranteed but the farm has 4" in capsys.readouterr().err


@pytest.mark.parametrize("what", ["missing", "folder"])
def test_a_file_that_cannot_be_read_is_said_in_one_line(tmp_path: Path, capsys: Said, what: str) -> None:
    (tmp_path / "folder").mkdir()
    assert simulate(tmp_path / what) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert what in said[0]


@pytest.mark.parametrize(
    "words", [["--cores", "0"], ["--cores", "9" * 5_000], ["--accelerator", "gpu"], ["--policy", "x"]]
)
def test_misuse_is_told_apart(trace: Path, words: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        simulate(trace, *words)
    assert stopped.value.code == 2


def test_every_fault_and_every_policy_has_its_words_in_both_languages() -> None:
    assert set(farm_words.SENTENCES) == set(CODES)
    assert set(farm_words.POLICY_WORDS) == set(POLICIES)
    for english, korean in farm_words.SENTENCES.values():
        assert sorted(PLACES.findall(english)) == sorted(PLACES.findall(korean))


@pytest.mark.mirror
@pytest.mark.skipif(not MIRROR, reason="DURE_DATA_MIRROR names no folder with the real data")
def test_ten_policies_on_the_real_trace_side_by_side(capsys: Said) -> None:
    path = Path(MIRROR) / "traces" / "wagap2013" / "wagap-2013.swf.gz"
    assert simulate(path, "--cores", "1300", "--compare", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert [one["policy"] for one in said["policies"]] == list(POLICIES)
    by_name = {one["policy"]: one for one in said["policies"]}
    assert by_name["fair-easy"]["longest_wide_wait"] <= 0.6 * by_name["fair"]["longest_wide_wait"]
    assert all(one["jobs"] == 17_898 for one in said["policies"])
