"""What the long tests drive is looked for quickly, and its absence is told with what to type."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

TOOLS = Path(__file__).with_name("tools.sh")
NEEDED = ("sh", "tr", "id", "grep", "cat", "ls", "true", "mktemp", "tail", "rm", "env")


def ended(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Look for the tools on a machine that has nothing but the programs in a folder."""
    shell = shutil.which("sh")
    if shell is None or os.name != "posix":
        pytest.skip("there is no POSIX shell here")
    text = TOOLS.read_text("utf-8").replace('"$PATH:/usr/sbin:/sbin"', '"$PATH"')
    script = folder / "tools.sh"
    script.write_text(text, "utf-8")
    return subprocess.run(
        [shell, str(script)], capture_output=True, text=True, timeout=60,
        env={"PATH": str(folder / "bin"), **variables},
    )  # fmt: skip


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder with a few programs that every machine has, and none of the tools."""
    (tmp_path / "bin").mkdir()
    for name in NEEDED:
        found = shutil.which(name)
        if found:
            (tmp_path / "bin" / name).symlink_to(found)
    return tmp_path


def program(folder: Path, name: str, text: str = "exit 0") -> None:
    """Put a program there."""
    path = folder / "bin" / name
    path.write_text(f"#!{shutil.which('sh')}\n{text}\n", "utf-8")
    path.chmod(0o755)


def test_what_is_missing_is_named_and_skipped(bare: Path) -> None:
    """Where nothing can be installed: the packages, and that tests are skipped."""
    found = ended(bare)
    assert found.returncode == 0
    for package in ("chromium", "libreoffice-calc", "libpango-1.0-0", "default-jre-headless"):
        assert package in found.stderr
    assert "The tests that need them are skipped." in found.stderr


def test_in_ci_it_is_an_error(bare: Path) -> None:
    """There a test that skips itself would prove nothing."""
    assert ended(bare, CI="true").returncode == 1


def test_what_is_missing_is_installed_where_apt_get_can(bare: Path) -> None:
    """Without a question, without what is only recommended; then all is there."""
    program(bare, "id", "echo 0")
    provide = "; ".join(
        f"printf '#!/bin/sh\\necho DejaVu Sans, Liberation Sans\\n' > {bare}/bin/{name}; "
        f"chmod +x {bare}/bin/{name}"
        for name in ("chromium", "soffice", "java", "pdftotext", "fc-list")
    )
    libraries = "libpango-1.0 libpangoft2-1.0 libharfbuzz-subset libatomic"
    program(
        bare, "apt-get",
        f'echo "$@" >> {bare}/asked\n[ "$1" = install ] || exit 0\n{provide}\n'
        f"printf '#!/bin/sh\\necho {libraries}\\n' > {bare}/bin/ldconfig\n"
        f"chmod +x {bare}/bin/ldconfig",
    )  # fmt: skip
    chmod = shutil.which("chmod")
    assert chmod
    (bare / "bin/chmod").symlink_to(chmod)
    found = ended(bare, CI="true")
    assert (found.returncode, found.stderr) == (0, "")
    asked = (bare / "asked").read_text("utf-8").splitlines()
    assert asked[0] == "update -qq"
    assert asked[1].startswith("install -qq -y --no-install-recommends chromium libreoffice-calc")
    assert ended(bare, CI="true").stdout == ""
    assert (bare / "asked").read_text("utf-8").splitlines() == asked
