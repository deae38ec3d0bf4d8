"""The installation's secret key, made once and kept in `var/`."""

import os
import secrets
from pathlib import Path


def make_secret_key() -> None:
    """Write a new key where the settings look for one; leave one that is there alone."""
    folder = Path(os.environ.get("TOWNLINE_VAR") or "var").resolve()
    kept = folder / "secret-key"
    if os.environ.get("TOWNLINE_SECRET_KEY") or kept.exists():
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept.touch(mode=0o600, exist_ok=False)
    kept.write_text(secrets.token_urlsafe(50) + "\n")
