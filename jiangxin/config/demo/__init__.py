"""The demo world: invented, deterministic, large enough to feel real; the same in tests, screenshots and docs."""

from jiangxin.config.demo.world import is_empty, load_demo

__all__ = ["is_empty", "load_demo"]
