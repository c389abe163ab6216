"""The WSGI application that granian serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from jiangxin.config.turns import OneAtATime
from jiangxin.config.web_process import settle_in

settle_in()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiangxin.config.settings")

application = OneAtATime(get_wsgi_application())
