"""LibreOffice, as the tests use it: workbooks computed anew, many in one go."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def soffice() -> str:
    """The program; a missing one fails in CI and skips elsewhere, with its reason."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        reason = "LibreOffice is not installed: apt-get install libreoffice-calc"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def recomputed(workbooks: list[Path], folder: Path) -> list[Path]:
    """The workbooks as LibreOffice computes and saves them, in a new `folder`.

    Formulas must be without values, or it would believe those. Its settings are those of a user
    of its own, so that two tests never meet.
    """
    folder.mkdir(parents=True)
    profile = (folder / "profile").as_uri()
    command = [
        soffice(), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx",
        "--outdir", str(folder / "out"), *map(str, workbooks),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    made = [folder / "out" / path.name for path in workbooks]
    missing = [path.name for path in made if not path.is_file()]
    assert not missing, f"LibreOffice did not write {missing}: {done.stdout}{done.stderr}"
    return made
