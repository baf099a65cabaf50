from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "reports"
    verbose_name = _("Rapporter")

    def ready(self) -> None:
        from reports.keeping import after_correcting, after_freezing

        post_save.connect(after_freezing, sender="strategy.Version", dispatch_uid="reports.keeping")
        post_save.connect(after_correcting, sender="strategy.Decision", dispatch_uid="reports.correcting")
