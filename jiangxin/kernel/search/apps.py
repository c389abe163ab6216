"""The index of people, honours and whatever else an app declares searchable."""

from django.apps import AppConfig
from django.db.models import Field, ForeignObject


class SearchConfig(AppConfig):
    name = "jiangxin.kernel.search"
    label = "search"

    def ready(self) -> None:
        from jiangxin.kernel.search.among import Among  # noqa: PLC0415 - app ready: imports models

        Field.register_lookup(Among)
        ForeignObject.register_lookup(Among)
