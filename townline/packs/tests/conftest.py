from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from townline.accounts.models import User

PACK = Path(__file__).parent / "pack"


@pytest.fixture
def system(db: None) -> User:
    """Townline itself, who applies packs."""
    return User.objects.system()


@pytest.fixture
def edited(tmp_path: Path) -> Callable[..., Path]:
    """Testville with something in one of its files written differently."""

    def edit(name: str, old: str, new: str) -> Path:
        folder = tmp_path / "edited"
        if not folder.exists():
            copytree(PACK, folder)
        text = (folder / name).read_text()
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1))
        return folder

    return edit
