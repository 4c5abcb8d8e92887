"""Who may look at what reaches the disk: the permissions of folders and files, whatever the umask.

Figures of task forces are their owner's alone. Folders on the way to what is public may be passed through, not listed.
"""

from pathlib import Path, PurePosixPath

ON_THE_WAY = 0o711
OWNER_FOLDER, OWNER_FILE = 0o700, 0o600
PUBLIC_FOLDER, PUBLIC_FILE = 0o755, 0o644


def make_folder(folder: Path, mode: int = ON_THE_WAY) -> None:
    """Make a folder, and those that lead to it; what is there is left as it is."""
    if folder.is_dir():
        return
    for step in reversed((folder, *(parent for parent in folder.parents if not parent.exists()))):
        step.mkdir(mode, exist_ok=True)
        step.chmod(mode)


def write_file(file: Path, content: bytes, mode: int = OWNER_FILE) -> None:
    """Write a file, which is for its owner alone at least until it is whole."""
    file.touch(OWNER_FILE)
    file.write_bytes(content)
    file.chmod(mode)


def write_output(root: Path, path: str, content: bytes) -> Path:
    """Write a file of a run or release by its path in there; only `public/` is open to others. Return where it is."""
    file, is_public = root.joinpath(*PurePosixPath(path).parts), path.startswith("public/")
    make_folder(file.parent, PUBLIC_FOLDER if is_public else OWNER_FOLDER)
    write_file(file, content, PUBLIC_FILE if is_public else OWNER_FILE)
    return file
