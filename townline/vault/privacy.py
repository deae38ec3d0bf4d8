"""Which personal information stands in this part: all of it sealed, none of it to be read without a key."""

from townline.vault.models import Secret, SecretFile

PERSONAL = {Secret: ["sealed"], SecretFile: ["sealed_title"]}
