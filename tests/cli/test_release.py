"""`rollup release`: what the desk says, and how it ends."""

import json
import re
import shlex
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from flows.cli.exits import Exit
from flows.cli.main import main
from flows.reports.release_account import prepared_account
from released import IDAHO, NATION, WASHINGTON, desk, night
from schemas.release import Matter, Objection, Prepared, Signature
from small_nation import AFTER, OPERATION

TEXT = ("--text", str(Path(__file__).with_name("release.txt")))
"""A text without a figure."""


def said(capsys, *arguments) -> tuple[int, str]:
    """Run a command; return how it ended and what it said, blanks and line ends made one."""
    ending = main(["release", *map(str, arguments)])
    printed = capsys.readouterr()
    return ending, " ".join((printed.out + printed.err).split())


@pytest.fixture
def out(tmp_path):
    with desk(tmp_path) as ledger:
        night(ledger, *NATION)
    return tmp_path


def test_two_people_make_a_release_and_anybody_proves_it(out, capsys, monkeypatch):
    monkeypatch.setenv("LOGNAME", "one")
    ending, prepared = said(capsys, "prepare", *TEXT, "--by", "editor", "--out", out)
    assert ending == Exit.CLEAN
    assert re.fullmatch(
        r"Snapshot [0-9a-f]{12}, prepared by the Editor "
        r"Nothing stands against publishing\. To be approved from another account by the Director: "
        rf'rollup release approve --by "Director" --out {out}',
        prepared,
    )
    assert said(capsys, "approve", "--by", "Editor", "--out", out)[0] == Exit.NEEDS_A_PERSON
    ending, refused = said(capsys, "approve", "--by", "Director", "--out", out)
    assert ending == Exit.NEEDS_A_PERSON
    assert refused.startswith("rollup: the same account of this machine has prepared this release")

    monkeypatch.setenv("LOGNAME", "other")
    ending, released = said(capsys, "approve", "--by", "Director", "--out", out, "--json")
    folder = json.loads(released)["folder"]
    assert ending == Exit.CLEAN
    assert said(capsys, "verify", folder) == (Exit.CLEAN, f"{folder} is what was approved, to the byte.")

    copied = shutil.copytree(folder, out / "sent" / "by-mail" / Path(folder).name)
    assert said(capsys, "verify", copied) == (
        Exit.UNUSABLE,
        f"rollup: there is no ledger {out}/sent/ledger.sqlite; name with --ledger the one in which it was approved.",
    )
    assert said(capsys, "verify", copied, "--ledger", out / "ledger.sqlite")[0] == Exit.CLEAN

    page = out / folder / "public" / "index.html"
    page.chmod(0o644)
    page.write_bytes(page.read_bytes()[:-1])
    assert said(capsys, "verify", folder) == (
        Exit.NEEDS_A_PERSON,
        "public/index.html: is not as it was approved",
    )


def test_what_stands_against_it_is_listed_and_needs_a_person(tmp_path, capsys):
    with desk(tmp_path) as ledger:
        night(ledger, IDAHO, WASHINGTON)
    ending, prepared = said(capsys, "prepare", *TEXT, "--by", "Editor", "--out", tmp_path)
    assert ending == Exit.NEEDS_A_PERSON
    assert "Not covered: 1 matter, stands against it - OR lacks a month that has ended" in prepared
    assert prepared.endswith("It cannot be approved. Mend what stands against it, run, and prepare again.")
    ending, listed = said(capsys, "prepare", *TEXT, "--by", "Editor", "--out", tmp_path, "--json")
    assert ending == Exit.NEEDS_A_PERSON
    listed = json.loads(listed)
    assert (listed["may_be_approved"], listed["prepared_by"]) == (False, "Editor")
    assert "public/index.html" in listed["files"]
    assert [(o["matter"], o["blocks"], o["about"]) for o in listed["objections"]] == [("not_covered", True, "OR")]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (
            ["prepare", *TEXT, "--by", "Somebody"],
            "--by: this role makes no releases; those that do are Editor, Director.",
        ),
        (["prepare", *TEXT, "--by", "Editor", "--snapshot", "0" * 12], "the ledger has no snapshot 000000000000"),
        (["prepare", *TEXT, "--by", "Editor", "--as-of", "soon"], "--as-of must be a date"),
    ],
)
def test_arguments_that_cannot_be_used_are_named(out, capsys, arguments, complaint):
    ending, printed = said(capsys, *arguments, "--out", out)
    assert ending == Exit.UNUSABLE
    assert printed.startswith("rollup: ")
    assert complaint in printed


def test_without_a_ledger_there_is_nothing_to_release(tmp_path, capsys):
    ending, printed = said(capsys, "prepare", *TEXT, "--by", "Editor", "--out", tmp_path)
    assert (ending, "there is no ledger" in printed) == (Exit.UNUSABLE, True)
    assert said(capsys, "verify", tmp_path / "nowhere") == (
        Exit.UNUSABLE, f"rollup: {tmp_path / 'nowhere'} {NO_RELEASE}"
    )  # fmt: skip


NO_RELEASE = (
    "is no release folder; expected one that `rollup release approve` wrote, such as out/releases/<day>-<snapshot>, "
    "with public/, manifest.json and SHA256SUMS in it."
)


def test_a_folder_that_is_no_release_is_said_to_be_none(out, capsys):
    (out / "current").mkdir()
    (out / "current" / "manifest.json").write_text("{}")
    for folder in (out, out / "current"):
        assert said(capsys, "verify", folder) == (Exit.UNUSABLE, f"rollup: {folder} {NO_RELEASE}")


def test_what_does_not_stand_against_a_release_cannot_be_acknowledged(out, capsys, monkeypatch):
    monkeypatch.setenv("LOGNAME", "one")
    said(capsys, "prepare", *TEXT, "--by", "Editor", "--out", out)
    monkeypatch.setenv("LOGNAME", "other")
    assert said(capsys, "approve", "--by", "Director", "--acknowledge", "not_taken", "--out", out) == (
        Exit.UNUSABLE,
        "rollup: --acknowledge not_taken: it does not stand against this release; what does is nothing. Leave it out.",
    )
    assert not (out / "releases").exists()


def test_a_command_in_what_stands_against_a_release_names_its_places_too():
    differs = Objection(Matter.DIFFERS, "tips", "81 tips, not 80; `rollup bridge a b` says why.")
    prepared = Prepared(2, "0123456789ab", Signature("Editor", "one", AFTER), "", (differs,), {})
    assert [*prepared_account(OPERATION, prepared, " --out other")] == [
        "Snapshot 0123456789ab, prepared by the Editor",
        "\nDiffers from last release: 1 matter, to be acknowledged",
        "  - 81 tips, not 80; `rollup bridge a b --out other` says why.",
        "",
        "To be approved from another account by the Director:",
        'rollup release approve --by "Director" --acknowledge differs_from_last_release --reason "..." --out other',
    ]


def test_every_command_that_is_printed_works_as_it_is_pasted(tmp_path, capsys, monkeypatch):
    elsewhere = tmp_path / "its own"
    elsewhere.mkdir()
    with desk(elsewhere) as ledger:
        night(ledger, *NATION)
    (elsewhere / "ledger.sqlite").rename(tmp_path / "a ledger.sqlite")
    monkeypatch.setenv("LOGNAME", "one")
    places = ("--out", str(tmp_path / "the outputs"), "--ledger", str(tmp_path / "a ledger.sqlite"))
    main(["release", "prepare", *TEXT, "--by", "Editor", *places])
    pasted = shlex.split(capsys.readouterr().out.splitlines()[-1])
    assert pasted == ["rollup", "release", "approve", "--by", "Director", *places]
    monkeypatch.setenv("LOGNAME", "other")
    assert main(pasted[1:]) == Exit.CLEAN
    proof = capsys.readouterr().out.splitlines()[-1].removeprefix("To prove it later: ")
    assert main(shlex.split(proof)[1:]) == Exit.CLEAN


def test_every_figure_of_the_text_has_to_be_supported(out, capsys):
    draft = out / "draft.md"
    draft.write_text("About 90 tips came in by 2031, and 7 parrots were found.\n")
    ending, prepared = said(capsys, "prepare", "--by", "Editor", "--text", draft, "--out", out, "--json")
    assert ending == Exit.NEEDS_A_PERSON
    assert [(o["matter"], o["blocks"], o["about"]) for o in json.loads(prepared)["objections"]] == [
        ("figure_not_supported", True, "90"),
        ("figure_not_supported", True, "7"),
    ]
    draft.write_text("About 80 tips came in.\n")
    ending, prepared = said(capsys, "prepare", "--by", "Editor", "--text", draft, "--out", out, "--json")
    assert ending == Exit.CLEAN
    assert json.loads(prepared)["text"] == sha256(draft.read_bytes()).hexdigest()
