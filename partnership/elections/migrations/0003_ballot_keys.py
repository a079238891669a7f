"""Each ballot box gets a key of its own. Boxes of elections that are voted on at this moment are sealed again with it.

Until now they were sealed with a key made from the setting BALLOT_KEY, or else SECRET_KEY, and a salt in the row.
"""

import os
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import migrations, models, transaction

from partnership.elections import ballot_keys

LOST = "lost"
WRONG = (
    "The ballot box of election {} cannot be opened: set BALLOT_KEY as it was when voting opened, and migrate again. Where "
    "there was none, set BALLOT_KEY to the SECRET_KEY of that time. If it is lost, set BALLOT_KEY=lost: that election can "
    "then not be counted, and must be held again."
)
NONCE = 12


def seal_with_own_keys(apps, schema_editor):
    for box in apps.get_model("elections", "BallotBox").objects.all():
        if os.environ.get("BALLOT_KEY") == LOST:
            box.key_name = secrets.token_hex(16)
        else:
            plain = opened(box)
            box.key_name = ballot_keys.make()
            box.sealed = sealed(AESGCM(ballot_keys.read(box.key_name)), plain, name(box))
        box.save(update_fields=["key_name", "sealed"])


def seal_with_setting(apps, schema_editor):
    for box in apps.get_model("elections", "BallotBox").objects.all():
        box.salt = secrets.token_bytes(32)
        if box.sealed and ballot_keys.is_kept(box.key_name):
            text, key = bytes(box.sealed), AESGCM(ballot_keys.read(box.key_name))
            box.sealed = sealed(from_setting(box), key.decrypt(text[:NONCE], text[NONCE:], name(box)), None)
            transaction.on_commit(lambda key_name=box.key_name: ballot_keys.destroy(key_name))
        box.save(update_fields=["salt", "sealed"])


def opened(box) -> bytes:
    text = bytes(box.sealed)
    try:
        return from_setting(box).decrypt(text[:NONCE], text[NONCE:], None)
    except InvalidTag as error:
        raise ValueError(WRONG.format(box.pk)) from error


def sealed(cipher: AESGCM, plain: bytes, about: bytes | None) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + cipher.encrypt(nonce, plain, about)


def from_setting(box) -> AESGCM:
    setting = os.environ.get("BALLOT_KEY") or settings.SECRET_KEY
    made = HKDF(algorithm=SHA256(), length=32, salt=bytes(box.salt), info=name(box))
    return AESGCM(made.derive(setting.encode()))


def name(box) -> bytes:
    return f"ballot box {box.pk}".encode()


class Migration(migrations.Migration):
    dependencies = [("elections", "0002_page_stamp")]
    operations = [
        migrations.AddField(
            "election",
            "cannot_count_since",
            models.DateTimeField("the ballot box cannot be opened since", null=True, blank=True),
        ),
        migrations.AddField("ballotbox", "key_name", models.CharField(max_length=32, default="")),
        migrations.AlterField("ballotbox", "salt", models.BinaryField(default=b"")),
        migrations.RunPython(seal_with_own_keys, seal_with_setting),
        migrations.RemoveField("ballotbox", "salt"),
        migrations.AlterField("ballotbox", "key_name", models.CharField(max_length=32, unique=True)),
    ]
