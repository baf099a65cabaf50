"""The application as a web server takes it."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

import_module(settings.ROOT_URLCONF)  # every view is read before somebody waits for the first page
# All of this lives as long as the process. Looking through it for garbage, again and again, would hold up whoever
# asks for something just then for a fifth of a second.
gc.collect()
gc.freeze()
