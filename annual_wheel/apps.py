from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnnualWheelConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "annual_wheel"
    verbose_name = _("Årshjul")
