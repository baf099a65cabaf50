"""Read by gunicorn where it is started in this folder, before what its command line says."""

logger_class = "config.lib.web_log.DiscreetLogger"
