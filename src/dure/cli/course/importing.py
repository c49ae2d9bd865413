"""A notebook made for nbgrader as a course folder; what remains to be done by hand is printed, cell by cell."""

import argparse
from pathlib import Path
from typing import Final

from dure.cli.course.words import fault_lines
from dure.cli.server import say_error
from dure.cli.words import either
from dure.engines import courses, skills
from dure.engines.courses import notebook
from dure.engines.faults import Fault, Faulty

FAILED: Final = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which notebook, where to, and what a notebook does not say."""
    parser.add_argument(
        "notebook", metavar="NOTEBOOK", type=Path, help=either("the .ipynb file", ".ipynb 파일")
    )
    parser.add_argument(
        "folder", metavar="DIR", type=Path, help=either("the course folder to write", "새로 쓸 강좌 폴더")
    )
    parser.add_argument(
        "--licence",
        choices=courses.LICENCES,
        required=True,
        help=either("under which others may use it", "다른 사람이 쓸 수 있는 라이선스"),
    )
    parser.add_argument(
        "--skill",
        metavar="SLUG",
        default=notebook.USUAL_SKILL,
        help=either("what it trains", "익히는 역량") + f" ({notebook.USUAL_SKILL})",
    )


def run(args: argparse.Namespace) -> int:
    """Write the folder; 0 once it is there. Raises Faulty with all that is wrong with the notebook."""
    if args.skill not in skills.slugs():
        raise Faulty([Fault("course_skill_unknown", {"skill": args.skill}, place="--skill")])
    try:
        with args.notebook.open("rb") as file:
            content = file.read(notebook.MOST_BYTES + 1)
        made = notebook.course_of(content, name=args.notebook.stem, licence=args.licence, skill=args.skill)
        notebook.write(made, args.folder)
    except OSError as error:
        say_error(f"{error.filename}: {error.strerror}")
        return FAILED
    _tell(made, args.folder)
    return 0


def _tell(made: notebook.Made, folder: Path) -> None:
    left = [*made.remarks, *notebook.untranslated(folder)]
    print(either(f"Written: {folder}. Left to do by hand:", f"썼습니다: {folder}. 손으로 할 일:"))
    for line in fault_lines(left):
        print(f"  {line}")
    print(either("Then: ", "다음: ") + f"dure course check {folder}")
