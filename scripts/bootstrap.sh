#!/bin/sh
# Makes this machine ready: `bootstrap.sh run` or `bootstrap.sh test`. What is already in place is left alone, so that a
# second run takes no time.
set -eu
cd "$(dirname "$0")/.."
PATH="$PATH:/usr/sbin:/sbin" # dpkg asks for tools that live there
export PATH
purpose="${1:-run}"
stamps=.venv/stamps

# The machine's own list of authorities, where it has one: a network may have an authority that the tools do not know.
authorities=/etc/ssl/certs/ca-certificates.crt
if [ -f "$authorities" ]; then
    export SSL_CERT_FILE="${SSL_CERT_FILE:-$authorities}" PIP_CERT="${PIP_CERT:-$authorities}"
    export NODE_EXTRA_CA_CERTS="${NODE_EXTRA_CA_CERTS:-$authorities}"
fi

say() { printf '%s\n' "$*"; }

# --- System packages: only with the right to install -----------------------------------------------------------------
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        sudo "$@"
    else
        return 1
    fi
}

apt_get() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "$@" >/dev/null 2>&1; }

apt_install() {
    command -v apt-get >/dev/null 2>&1 && as_root true || return 1
    say "Installing $* …"
    apt_get install -y --no-install-recommends "$@" ||
        { apt_get update && apt_get install -y --no-install-recommends "$@"; }
}

has_library() { "$python" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1" 2>/dev/null; }

system_for_pdf() {
    # The subset library is only faster: without it fonts are cut down in Python.
    has_library libpangoft2-1.0.so.0 && has_library libharfbuzz-subset.so.0 && return
    apt_install libpangoft2-1.0-0 libharfbuzz-subset0 && return
    has_library libpangoft2-1.0.so.0 ||
        say "PDF is off: install the packages libpangoft2-1.0-0 and libharfbuzz-subset0 to turn it on."
}

system_for_tests() {
    if ! { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null 2>&1; then
        apt_install chromium || say "No browser tests: install the package chromium."
    fi
    has_library libatomic.so.1 || apt_install libatomic1 || say "No browser tests: install the package libatomic1."
    if [ -n "${CI:-}" ]; then services_for_ci; fi
}

# In CI a missing PostgreSQL or Redis is a failure, so what does not answer is installed and started.
answers() { "$python" -c 'import socket, sys; socket.create_connection(("127.0.0.1", int(sys.argv[1])), 2)' "$1" 2>/dev/null; }

start_service() { # PORT SERVICE-AND-PACKAGE
    answers "$1" && return
    [ -x "/etc/init.d/$2" ] || apt_install "$2" || return 0
    as_root service "$2" start >/dev/null 2>&1 || true
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        if answers "$1"; then return; fi
        sleep 1
    done
    say "$2 does not answer on port $1."
}

services_for_ci() {
    # The tests of faults start servers of their own, wherever the others are.
    command -v redis-server >/dev/null || apt_install redis-server || true
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || apt_install postgresql || true
    [ -n "${TEST_REDIS_URL:-}" ] || start_service 6379 redis-server
    if [ -z "${TEST_DATABASE_URL:-}" ] && ! answers 5432; then
        start_service 5432 postgresql
        # A fresh server lets nobody in over the network: give its owner the password that scripts/check.py knows.
        (cd / && as_root runuser -u postgres -- psql -qc "ALTER USER postgres PASSWORD 'postgres'") || true
    fi
}

# --- Python ----------------------------------------------------------------------------------------------------------
find_python() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    say "Rød tråd needs Python 3.11 or newer." >&2
    return 1
}

fingerprint() { cat "$@" | cksum; }
is_fresh() { [ "$(cat "$stamps/$1" 2>/dev/null)" = "$2" ]; }
mark() { mkdir -p "$stamps" && printf '%s\n' "$2" >"$stamps/$1"; }

make_venv() {
    .venv/bin/python -c 'import pip' 2>/dev/null && return
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version="$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')"
        apt_install "$version-venv" || apt_install python3-venv ||
            { say "Rød tråd needs the package python3-venv: install it and try again." >&2; exit 1; }
    fi
    say "Making the virtual environment …"
    rm -rf .venv
    "$python" -m venv .venv
}

# install LOCK: what it names, checked by hash.
install() {
    lock="$1"
    lock_now="$(fingerprint "$lock")"
    is_fresh "$lock" "$lock_now" && return
    if ! .venv/bin/uv --version >/dev/null 2>&1; then
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
            -r requirements-uv.txt
    fi
    say "Installing $lock …"
    .venv/bin/uv pip install --quiet --require-hashes --only-binary :all: -r "$lock"
    mark "$lock" "$lock_now"
}

front_end() {
    files_now="$(fingerprint package-lock.json scripts/frontend.py)"
    # What the tests fetch has all that a run needs, but not the other way about.
    case "$(cat "$stamps/front-end" 2>/dev/null)" in
    "test $files_now" | "$purpose $files_now") [ ! -d static/vendor ] || return 0 ;;
    esac
    command -v npm >/dev/null 2>&1 || install requirements-node.txt
    if [ "$purpose" = run ]; then set --; else set -- --for-tests; fi
    .venv/bin/python scripts/frontend.py "$@"
    mark front-end "$purpose $files_now"
}

python="$(find_python)"
system_for_pdf
[ "$purpose" = run ] || system_for_tests
make_venv
if [ "$purpose" = run ]; then install requirements.txt; else install requirements-test.txt; fi
front_end
[ "$purpose" = run ] || .venv/bin/python -m config.lib.messages # before Django reads them; a run does it by `prepare`
