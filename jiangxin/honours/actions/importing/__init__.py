"""Taking rows of published lists: what a row is, its list, its holder, and the verb itself."""

from jiangxin.honours.actions.importing.rows import Became, ListRow, RowAnswer
from jiangxin.honours.actions.importing.taking import import_list_rows

__all__ = ["Became", "ListRow", "RowAnswer", "import_list_rows"]
