"""The `jiangxin` command. Exit codes: 0 done, 1 the answer is no, 2 wrong use or setting, 3 stopped on the way (disk full)."""

from jiangxin.config.cli.main import main

__all__ = ["main"]
