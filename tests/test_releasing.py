"""The gate on disk: two people make a release, it is written whole, and no byte of it changes unnoticed."""

import datetime as dt
import json
import shutil
from dataclasses import replace
from hashlib import sha256

import pytest

from flows.ledger.faults import LedgerRefusedError
from flows.ledger.releases import approved_releases, prepared_last
from flows.outbox import OutboxError
from flows.releasing import Draft, approve, prepare, verify
from released import DIRECTOR, EDITOR, NATION, desk, night
from schemas.operation_files import parse_operation
from schemas.release import Matter, ReleaseRefusedError
from small_nation import AFTER, JANUARY, OPERATION, cells_of, submission

LATER = AFTER + dt.timedelta(days=1)
MORE_EXAMINERS = submission("d4", "ID", "ID", revision=2), cells_of("ID") | {("ID", JANUARY, "examiners"): 5}
MORE_PHONES = submission("d4", "ID", "ID", revision=2), cells_of("ID") | {("ID", JANUARY, "phones"): 32}
PUBLIC = [f"public/{name}" for name in ("index.html", "national_figures.csv", "national_figures.json")]
FILES = ["SHA256SUMS", "manifest.json", *PUBLIC]


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """Outputs' folders: with a ledger of one night; of one that was prepared; and of one that was released."""
    root = tmp_path_factory.mktemp("nights")
    with desk(root / "one") as ledger:
        night(ledger, *NATION)
    shutil.copytree(root / "one", root / "prepared")
    with desk(root / "prepared") as ledger:
        prepare(ledger, EDITOR)
    shutil.copytree(root / "prepared", root / "released")
    with desk(root / "released") as ledger:
        approve(ledger, root / "released", DIRECTOR)
    return root


@pytest.fixture
def after(nights, tmp_path):
    """Give a copy of one of these ledgers, held."""
    held = []

    def open_copy(name):
        shutil.copytree(nights / name, tmp_path, dirs_exist_ok=True)
        held.append(desk(tmp_path))
        return held[0].__enter__()

    yield open_copy
    for ledger in held:
        ledger.__exit__(None, None, None)


@pytest.fixture
def ledger(after):
    return after("released")


@pytest.fixture
def folder(ledger, tmp_path):
    """Give a release without the protection that it was written with, as somebody has it who wants to change it."""
    (folder,) = (tmp_path / "releases").iterdir()
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


def test_what_one_role_prepares_another_one_approves(after, tmp_path):
    ledger = after("one")
    prepared = prepare(ledger, EDITOR)
    assert (prepared.by, prepared.objections, prepared.text) == (EDITOR, (), "")
    released = approve(ledger, tmp_path, replace(DIRECTOR, role="director"))
    assert released.folder == tmp_path / "releases" / f"2032-02-12-{prepared.snapshot}"
    paths = sorted(released.folder.rglob("*"))
    assert [str(path.relative_to(released.folder)) for path in paths if path.is_file()] == FILES
    modes = {
        str(path.relative_to(released.folder)): oct(path.stat().st_mode)[-3:] for path in (released.folder, *paths)
    }
    open_to_all = {"public": "555"} | dict.fromkeys(PUBLIC, "444")
    assert modes == {".": "511", "SHA256SUMS": "400", "manifest.json": "400"} | open_to_all
    assert verify(ledger, released.folder) == ()
    with ledger.reading() as connection:
        assert prepared_last(connection) == prepared
        assert approved_releases(connection) == (released.approved,)
    assert (released.approved.by, released.approved.prepared) == (DIRECTOR, prepared)


@pytest.mark.parametrize("by", [replace(EDITOR, account="other"), replace(DIRECTOR, account="one"), EDITOR])
def test_the_same_role_or_person_approves_nothing_and_nothing_is_written(after, tmp_path, by):
    ledger = after("prepared")
    with pytest.raises(ReleaseRefusedError, match="has prepared this release"):
        approve(ledger, tmp_path, by)
    assert not (tmp_path / "releases").exists()
    with ledger.reading() as connection:
        assert approved_releases(connection) == ()


def test_before_anything_is_prepared_nothing_can_be_approved(tmp_path, after):
    with desk(tmp_path / "new") as empty, pytest.raises(LedgerRefusedError, match="no snapshot yet"):
        prepare(empty, EDITOR)
    with pytest.raises(ReleaseRefusedError, match="nothing is prepared"):
        approve(after("one"), tmp_path, DIRECTOR)


def test_a_figure_of_the_text_that_is_not_true_stands_against_it_until_the_text_is_corrected(after, tmp_path):
    ledger = after("one")
    untrue = prepare(ledger, EDITOR, draft=Draft(b"90 tips", "90 tips"))
    assert [objection.matter for objection in untrue.objections] == [Matter.FIGURE_NOT_SUPPORTED]
    corrected = prepare(ledger, EDITOR, draft=Draft(b"About 80 tips", "About 80 tips"))
    folder = approve(ledger, tmp_path, DIRECTOR).folder
    assert json.loads((folder / "manifest.json").read_bytes())["text"] == sha256(b"About 80 tips").hexdigest()
    assert corrected.objections == ()


def test_what_was_prepared_before_a_figure_changed_is_prepared_again(after, tmp_path):
    ledger = after("prepared")
    night(ledger, MORE_PHONES, as_of=LATER)
    with pytest.raises(ReleaseRefusedError, match="devices: another figure or verdict by now"):
        approve(ledger, tmp_path, DIRECTOR)


def test_a_quiet_night_changes_nothing_about_what_was_prepared(after, tmp_path):
    ledger = after("prepared")
    night(ledger, as_of=LATER)
    assert verify(ledger, approve(ledger, tmp_path, DIRECTOR).folder) == ()


def test_an_approval_whose_release_could_not_be_written_writes_the_same_the_next_time(after, tmp_path):
    ledger, blocked = after("prepared"), tmp_path / "releases"
    blocked.write_text("in the way")
    with pytest.raises(OutboxError, match="releases"):
        approve(ledger, tmp_path, DIRECTOR)
    with ledger.reading() as connection:
        (recorded,) = approved_releases(connection)
    blocked.unlink()
    again = approve(ledger, tmp_path, DIRECTOR)
    assert again.approved == recorded
    assert verify(ledger, again.folder) == ()


def test_a_folder_of_somebody_elses_in_its_place_is_left_alone_and_nothing_is_approved(after, tmp_path):
    ledger = after("prepared")
    with ledger.reading() as connection:
        prepared = prepared_last(connection)
    (foreign := tmp_path / "releases" / f"2032-02-12-{prepared.snapshot}").mkdir(parents=True)
    with pytest.raises(ReleaseRefusedError, match="is there already"):
        approve(ledger, tmp_path, DIRECTOR)
    with ledger.reading() as connection:
        assert approved_releases(connection) == ()
    assert list(foreign.iterdir()) == []


def test_the_same_acts_give_the_same_release(after, tmp_path, nights):
    (folder,) = (nights / "released" / "releases").iterdir()
    again = approve(after("prepared"), tmp_path, DIRECTOR).folder
    contents = [{p.relative_to(f): p.read_bytes() for p in f.rglob("*") if p.is_file()} for f in (folder, again)]
    assert contents[0] == contents[1]


def test_what_is_released_is_not_released_again(ledger, tmp_path):
    with pytest.raises(ReleaseRefusedError, match="is released already; a release never changes"):
        prepare(ledger, DIRECTOR)
    with pytest.raises(ReleaseRefusedError, match="is there already, and a release never changes"):
        approve(ledger, tmp_path, DIRECTOR)


def test_a_release_that_differs_from_the_last_one_asks_why(ledger):
    night(ledger, MORE_PHONES, as_of=LATER)
    assert [(o.matter, o.about) for o in prepare(ledger, EDITOR).objections] == [(Matter.DIFFERS, "devices")]


def test_a_release_that_would_give_away_a_latecomers_row_cannot_be_approved(ledger, tmp_path):
    claims = OPERATION.files["claims.toml"].replace("value = 12\n", "value = 14\n")
    changed = parse_operation(OPERATION.id, OPERATION.files | {"claims.toml": claims})
    night(ledger, MORE_EXAMINERS, as_of=LATER, operation=changed)
    objections = {o.matter: o for o in prepare(ledger, EDITOR).objections}
    assert objections[Matter.GIVES_AWAY].about == "examiners"
    assert "“more than 10 examiners” would not" in objections[Matter.GIVES_AWAY].sentence
    with pytest.raises(ReleaseRefusedError, match="gives_away"):
        approve(ledger, tmp_path, DIRECTOR, acknowledged=[*objections], reason="It is late.")


def test_the_manifest_says_what_the_release_rests_on_and_names_roles_alone(folder):
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert [file["path"] for file in manifest.pop("files")] == PUBLIC
    rests_on = {file["path"] for file in manifest.pop("rests_on")}
    assert {"findings.csv", "internal/state_totals.csv", "national_totals.csv"} < rests_on
    assert manifest == {
        "release": folder.name,
        "snapshot": folder.name.removeprefix("2032-02-12-"),
        "operation": {"id": OPERATION.id, "title": OPERATION.title, "sha256": OPERATION.digest},
        "as_of": "2032-02-12",
        "rules_version": "1",
        "program_version": "1.0.0",
        "prepared": {"act": 2, "by": "Editor", "at": "2032-02-12T20:00:00+00:00"},
        "approved": {"act": 3, "by": "Director", "at": "2032-02-12T21:00:00+00:00", "acknowledged": []},
        "text": None,
    }


def test_any_system_can_check_the_sums(folder):
    sums = dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert sums == {path: sha256((folder / path).read_bytes()).hexdigest() for path in FILES if path in sums}
    assert list(sums) == FILES[1:]


@pytest.mark.parametrize("name", FILES)
def test_any_byte_changed_added_or_removed_is_found_and_its_file_named(ledger, folder, name):
    content = (folder / name).read_bytes()
    changed = [bytes([*content[:at], content[at] ^ 1, *content[at + 1 :]]) for at in range(0, len(content), 37)]
    for other in (*changed, content[:-1], content + b"\n", b""):
        (folder / name).write_bytes(other)
        assert verify(ledger, folder) == (f"{name}: is not as it was approved",)
    (folder / name).unlink()
    assert verify(ledger, folder) == (f"{name}: is missing",)
    (folder / name).write_bytes(content)
    assert verify(ledger, folder) == ()


@pytest.mark.parametrize("path", ["public/state_totals.csv", "note.txt", ".hidden", "public/more/deep.txt"])
def test_an_added_file_is_found(ledger, folder, path):
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).write_bytes(b"")
    assert verify(ledger, folder) == (f"{path}: was not part of the release",)


def test_a_link_is_no_file_and_an_empty_folder_was_not_there(ledger, folder, tmp_path):
    page = folder / "public" / "index.html"
    page.rename(tmp_path / "elsewhere.html")
    page.symlink_to(tmp_path / "elsewhere.html")
    (folder / "public" / "empty").mkdir()
    assert verify(ledger, folder) == (
        "public/empty: was not part of the release",
        "public/index.html: is not as it was approved",
    )


def test_a_release_that_was_moved_is_known_by_its_manifest_and_a_foreign_one_is_not(ledger, folder, tmp_path):
    assert verify(ledger, folder.rename(tmp_path / "elsewhere")) == ()
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "manifest.json").write_bytes(b"{}")
    assert verify(ledger, tmp_path / "foreign") == (
        f"manifest.json: the ledger {ledger.place} knows of no such release",
    )


def test_another_release_in_its_place_is_found(ledger, folder, tmp_path):
    night(ledger, MORE_PHONES, as_of=LATER)
    prepare(ledger, EDITOR)
    later = approve(ledger, tmp_path, DIRECTOR, acknowledged=[Matter.DIFFERS], reason="A correction came.").folder
    shutil.rmtree(folder)
    shutil.copytree(later, folder)
    assert [fault.partition(":")[0] for fault in verify(ledger, folder)] == FILES


def test_manifest_and_files_changed_alike_do_not_agree_with_the_ledger(ledger, folder):
    table, manifest = folder / "public/national_figures.csv", folder / "manifest.json"
    old = sha256(table.read_bytes()).hexdigest()
    table.write_bytes(table.read_bytes().replace(b"about 80", b"about 90"))
    manifest.write_text(manifest.read_text().replace(old, sha256(table.read_bytes()).hexdigest()))
    assert verify(ledger, folder) == (
        "manifest.json: is not as it was approved",
        "public/national_figures.csv: is not as it was approved",
    )
