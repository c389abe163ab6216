"""Jiangxin (匠心): one worker record, one verb path, honours that can be proved."""

__version__ = "0.1.0"
