"""From a letter to a PDF/UA-1: in a process with bounds, so that neither a page nor the worker ever hangs on one."""

import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from townline.letters.document import Document

PRESS = Path(__file__).with_name("press.py")
PATIENCE = 30
TURNS = BoundedSemaphore(2)
"""So many are printed at the same time in one process."""


class NotPrinted(Exception):
    """The press gave no PDF; the job that asked is tried again."""


def printed(document: Document) -> bytes:
    """The PDF of a letter; what stands in it is on no disk and in no list of processes while it is made."""
    command = [sys.executable, "-I", str(PRESS)]
    try:
        with TURNS:
            done = subprocess.run(
                command, input=document.as_json().encode(), capture_output=True, timeout=PATIENCE, check=False
            )
    except subprocess.TimeoutExpired as late:
        raise NotPrinted("It took too long.") from late
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF-"):
        raise NotPrinted(f"The press ended with {done.returncode}.")
    return done.stdout
