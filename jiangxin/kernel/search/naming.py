"""Names as they are typed: the first letters of a name, its pinyin or its initials."""

from __future__ import annotations

from jiangxin.kernel.search.columns import AFTER_ALL
from jiangxin.kernel.search.docs import MOST_HITS, Hit, is_path
from jiangxin.kernel.search.reading import Reader
from jiangxin.kernel.text.names import name_key

MOST_CHARACTERS = 40


class Naming(Reader):
    """Adds name prefixes to an engine."""

    def suggest(
        self, kind: str, prefix: str, *, scope_path: str = "", public_only: bool = False, limit: int = 10
    ) -> list[Hit]:
        """Things whose name, former name, pinyin or initials begin with the prefix, in the order of those keys.

        "张", "zhangw" and "zw" all find 张伟. An empty prefix finds nothing.
        """
        key = name_key(prefix[:MOST_CHARACTERS]).replace("ü", "v").replace("'", "")
        kind_id = self._kind_id(kind)
        if not key or not kind_id or not is_path(scope_path):
            return []
        limit = max(1, min(limit, MOST_HITS))
        columns = ["pinyin", "initials", "name_key"] if key.isascii() else ["name_key"]
        narrow, values = self._narrowing(scope_path, public_only=public_only)
        own = [
            f"SELECT * FROM (SELECT {column} AS k, id, object_id, title FROM search_doc d WHERE kind_id = %s "  # noqa: S608
            f"AND {column} >= %s AND {column} < %s{narrow} ORDER BY {column}, id LIMIT %s) AS own_{column}"
            for column in columns
        ]
        further = (
            "SELECT * FROM (SELECT n.key AS k, d.id, d.object_id, d.title FROM search_name n "  # noqa: S608
            "JOIN search_doc d ON d.id = n.doc_id WHERE n.kind_id = %s AND n.key >= %s AND n.key < %s"
            f"{narrow} ORDER BY n.key, n.doc_id LIMIT %s) AS further"
        )
        with self.connection.cursor() as cursor:
            cursor.execute(
                " UNION ALL ".join([*own, further]),
                [kind_id, key, key + AFTER_ALL, *values, limit] * (len(own) + 1),
            )
            records = sorted(cursor.fetchall())
        found = {
            object_id: Hit(object_id, title, "title") for _key, _id, object_id, title in reversed(records)
        }
        order = dict.fromkeys(record[2] for record in records)
        return [found[object_id] for object_id in order][:limit]

    def _narrowing(self, scope_path: str, *, public_only: bool) -> tuple[str, list[str]]:
        text, values = "", list[str]()
        if scope_path:
            text, values = " AND d.opath >= %s AND d.opath < %s", [scope_path, scope_path + "~"]
        return text + (" AND d.is_public" if public_only else ""), values
