"""How each verb of the vault is done."""

from townline.vault.door import make_safe

DOINGS = {
    "Safe.shred": (lambda town: make_safe("test"), "system", lambda safe, town: safe.shred(by=town.system)),
}
