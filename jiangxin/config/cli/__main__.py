"""python -m jiangxin.config.cli: the same command without the installed script."""

from jiangxin.config.cli.main import main

main()
