#!/bin/sh
# In CI a missing PostgreSQL or Redis is a failure: installs and starts what does not answer, as root on Debian or Ubuntu.
set -u
PATH="$PATH:/usr/sbin:/sbin"
export DEBIAN_FRONTEND=noninteractive

answers() { python3 -c 'import socket, sys; socket.create_connection(("127.0.0.1", int(sys.argv[1])), 2)' "$1" 2>/dev/null; }
wait_for() { for _ in 1 2 3 4 5 6 7 8 9 10; do answers "$1" && return; sleep 1; done; return 1; }
install_and_start() {
    port="$1" service="$2"
    shift 2
    answers "$port" && return
    command -v apt-get >/dev/null 2>&1 || return 0
    { service "$service" start || { apt-get -qq update && apt-get -qq install -y --no-install-recommends "$@"; }; } >/dev/null 2>&1
    answers "$port" || service "$service" start >/dev/null 2>&1
    wait_for "$port" || printf '%s does not answer.\n' "$service"
}

[ -n "${TEST_REDIS_URL:-}" ] || install_and_start 6379 redis-server redis-server
if [ -z "${TEST_DATABASE_URL:-}" ]; then
    install_and_start 5432 postgresql postgresql
    # A fresh cluster trusts nobody over the network: give the test user the password that the tests know.
    runuser -u postgres -- psql -qc "ALTER USER postgres PASSWORD 'postgres'" >/dev/null 2>&1 || true
fi
