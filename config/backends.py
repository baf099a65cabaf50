"""The services that settings point at, each made from the environment: folders, key, database, cache, broker, mail."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult

from config.env import FALSE, TRUE, Env, options_of, password_of, stop, username_of

PRIVATE = 0o700
SMTP_EXAMPLE = "smtp://user:password@mail.example.org:587?tls=true, console: or file:"


def data_folder(path: Path) -> Path:
    try:
        path.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    except OSError as error:
        stop(f"DATA_DIR must be a folder that can be written to ({error.strerror}).")
    return path


def base_url(env: Env, *, default: str) -> SplitResult:
    example = "https://rodtraad.example.org"
    parts = env.url("BASE_URL", schemes=("http", "https"), example=example, default=default)
    if parts is None or not parts.hostname or parts.path.strip("/") or parts.query:
        env.wrong("BASE_URL", f"an address without a path, such as {example}")
    return parts._replace(path="")


def secret_key(env: Env, folder: Path, *, required: bool) -> str:
    """The given key, or one that is made once and kept in a file that only this user can read."""
    key = env.text("SECRET_KEY")
    if required and not key:
        env.wrong("SECRET_KEY", "set when BASE_URL begins with https, to at least 50 characters")
    if key and (len(key) < 50 or len(set(key)) < 10):
        env.wrong("SECRET_KEY", "at least 50 characters that are not all alike")
    if key:
        return key
    file = folder / "secret_key"
    try:
        # Exclusive, so that two processes which start at once agree on one key.
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return file.read_text(encoding="ascii")


def database(env: Env, folder: Path) -> dict[str, Any]:
    example = "postgresql://user:password@localhost:5432/rodtraad"
    parts = env.url("DATABASE_URL", schemes=("postgresql", "postgres"), example=example)
    pool_size = env.number("DATABASE_POOL_SIZE", 8, at_least=1, at_most=100)
    if parts is None:
        return sqlite(folder / "rodtraad.sqlite3")
    name = parts.path.removeprefix("/")
    if not name:
        env.wrong("DATABASE_URL", f"an address that ends with a database name, such as {example}")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": username_of(parts),
        "PASSWORD": password_of(parts),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,  # the pool keeps connections, and refuses anything else
        "CONN_HEALTH_CHECKS": True,  # else each kept connection costs one error after the server has been restarted
        "OPTIONS": {**options_of(parts), "pool": {"min_size": 1, "max_size": pool_size, "timeout": 10}},
    }


def sqlite(file: Path) -> dict[str, Any]:
    """Taking the write lock at BEGIN is what keeps several processes from "database is locked"."""
    return {
        "ENGINE": "config.lib.sqlite",
        "CONN_MAX_AGE": 600,  # opening the file anew costs as much as six queries
        "NAME": file,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def redis_url(env: Env) -> str:
    parts = env.url("REDIS_URL", schemes=("redis", "rediss"), example="redis://localhost:6379/0")
    return parts.geturl() if parts else ""


def caches(redis: str) -> dict[str, dict[str, Any]]:
    """One cache that all processes share: login throttling counts in it, so it can never be a process's own memory."""
    if redis:
        return {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis}}
    return {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}


def broker_options(redis: str, folder: Path) -> dict[str, Any]:
    if redis:
        # A task that a dead worker held comes back after ten minutes, and is looked for every five seconds.
        return {"visibility_timeout": 600, "unacked_restore_interval": 5, "unacked_restore_throttle": 1}
    queue, control = folder / "broker" / "queue", folder / "broker" / "control"
    for path in (queue.parent, queue, control):
        path.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    return {"data_folder_in": str(queue), "data_folder_out": str(queue), "control_folder": str(control)}


def static_storage(*, debug: bool, secure: bool) -> str:
    """Compressing takes twelve seconds, so only a real installation does it."""
    if debug:
        return "django.contrib.staticfiles.storage.StaticFilesStorage"
    if secure:
        return "whitenoise.storage.CompressedManifestStaticFilesStorage"
    return "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"


@dataclass(frozen=True)
class Mail:
    backend: str
    folder: str | None = None
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    use_tls: bool = False
    use_ssl: bool = False


def mail(env: Env, folder: Path, *, required: bool) -> Mail:
    """`smtp:` (`?tls=true` for STARTTLS), `smtps:`, `console:`, or `file:`, which keeps every mail in a folder."""
    parts = env.url("EMAIL_URL", schemes=("smtp", "smtps", "console", "file"), example=SMTP_EXAMPLE)
    if parts is None and required:
        env.wrong("EMAIL_URL", f"set when BASE_URL begins with https, to an address such as {SMTP_EXAMPLE}")
    if parts is None or parts.scheme == "file":
        target = parts.path if parts and parts.path else str(folder / "mail")
        return Mail("django.core.mail.backends.filebased.EmailBackend", folder=target)
    if parts.scheme == "console":
        return Mail("django.core.mail.backends.console.EmailBackend")
    if not parts.hostname:
        env.wrong("EMAIL_URL", f"an address such as {SMTP_EXAMPLE}")
    tls = options_of(parts).get("tls", "false").lower()
    if tls not in TRUE | FALSE:
        env.wrong("EMAIL_URL", "without ?tls=, or with ?tls=true or ?tls=false")
    secure = parts.scheme == "smtps"
    return Mail(
        "config.lib.mail.EmailBackend",
        host=parts.hostname,
        port=parts.port or (465 if secure else 25),
        user=username_of(parts),
        password=password_of(parts),
        use_tls=tls in TRUE,
        use_ssl=secure,
    )
