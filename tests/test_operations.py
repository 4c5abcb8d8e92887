"""Finding and reading an operation's folder: by id, by path, and what is said where it cannot be read."""

import os

import pytest

from flows.operations import known_operations, load_operation
from schemas.mistakes import OperationError
from schemas.operation_files import parse_operation
from small_operation import SMALL_ID, small_operation, write_small_operation


def said_of(where) -> str:
    with pytest.raises(OperationError) as refusal:
        load_operation(where)
    return str(refusal.value)


def test_a_shipped_operation_is_found_by_its_id():
    assert known_operations() == ("broken-heart-2018",)
    assert load_operation("broken-heart-2018").id == "broken-heart-2018"


def test_another_operation_is_another_folder(tmp_path):
    folder = write_small_operation(tmp_path)
    assert load_operation(folder) == load_operation(str(folder)) == parse_operation(SMALL_ID, small_operation())


def test_a_folder_is_known_by_its_name_however_it_is_reached(tmp_path, monkeypatch):
    monkeypatch.chdir(write_small_operation(tmp_path))
    assert load_operation(".").id == SMALL_ID


def test_line_ends_and_a_byte_order_mark_change_nothing(tmp_path):
    folder = write_small_operation(tmp_path)
    before = load_operation(folder)
    for file in folder.iterdir():
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert load_operation(folder) == before


def test_an_unknown_id_lists_the_known_ones():
    said = "broken-hart: found no operation; expected the path of a folder, or broken-heart-2018"
    assert said_of("broken-hart") == said


def test_a_file_is_no_folder(tmp_path):
    file = tmp_path / "operation.toml"
    file.touch()
    assert said_of(file).endswith("found no operation; expected the path of a folder, or broken-heart-2018")


def test_every_missing_file_is_named(tmp_path):
    assert said_of(tmp_path).splitlines() == [
        f"{tmp_path / file}: found nothing that can be read (No such file or directory); expected a text in UTF-8"
        for file in ("operation.toml", "roster.csv", "claims.toml", "program_to_date.csv")
    ]


def test_a_file_that_is_not_utf_8_is_named_with_the_place(tmp_path):
    folder = write_small_operation(tmp_path)
    (folder / "roster.csv").write_bytes("id,näme".encode("latin-1"))
    assert said_of(folder).startswith(f"{folder}/roster.csv: found nothing that can be read (")
    assert "byte 0xe4 in position 4" in said_of(folder)


@pytest.mark.skipif(os.name == "nt", reason="folders are opened differently on Windows")
def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path):
    folder = write_small_operation(tmp_path)
    (folder / "roster.csv").unlink()
    (folder / "roster.csv").mkdir()
    assert said_of(folder) == (
        f"{folder}/roster.csv: found nothing that can be read (Is a directory); expected a text in UTF-8"
    )
