"""A small model with encrypted columns whose table the tests make themselves."""

from typing import ClassVar

from django.db import connection, models
from django.test.utils import isolate_apps

from jiangxin.kernel.privacy import EncryptedTextField, PrivacyClass

with isolate_apps("jiangxin.kernel.sheets"):

    class Locker(models.Model):
        uid = models.CharField(max_length=26, unique=True)
        number = EncryptedTextField(null=True)
        phone = EncryptedTextField(blank=True, default="")

        PRIVACY: ClassVar = {
            "id": PrivacyClass.INTERNAL,
            "uid": PrivacyClass.INTERNAL,
            "number": PrivacyClass.SECRET,
        }

        class Meta:
            app_label = "sheets"
            db_table = "privacy_locker"

        def __str__(self) -> str:
            return self.uid


def make_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS privacy_locker")
        cursor.execute(
            "CREATE TABLE privacy_locker (id bigint PRIMARY KEY, uid varchar(26) UNIQUE, number text, phone text NOT NULL)"
        )
