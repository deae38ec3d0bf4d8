"""Settings for the tests: nothing outside this machine, nothing slow, nothing kept."""

import os
import tempfile

os.environ.setdefault("TOWNLINE_SECRET_KEY", "only-for-tests")
if "PYTEST_XDIST_WORKER" in os.environ:
    # Workers inherit the environment of the process that starts them; the files of one are not the other's.
    os.environ["TOWNLINE_VAR"] = tempfile.mkdtemp(prefix="townline-test-")
os.environ.setdefault("TOWNLINE_VAR", tempfile.mkdtemp(prefix="townline-test-"))
os.environ.setdefault("TOWNLINE_VAULT_KEY", "tests:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")

os.environ.setdefault("TOWNLINE_HOLD_AFTER", "0")

from townline.site.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"] == "townline.core.sqlite":  # noqa: F405
    # In memory, one for each process; SQLite passes over the ending that pytest-xdist gives to the name.
    DATABASES["default"]["TEST"] = {"NAME": "file:tests?mode=memory&cache=shared&of="}  # noqa: F405
