#!/usr/bin/env bash
# A throw-away PostgreSQL server on loopback, for the tests marked `postgres`.
#
#   bash .ci/postgres.sh -- COMMAND…   runs COMMAND with INCIDENTSIM_TEST_POSTGRES_URL set, stops the server after it
#                                      and removes its files; exits with the command's code
#   bash .ci/postgres.sh               starts a server that stays, prints its address (and, on stderr, how to stop it)
#
# Takes the server's programs where it finds them (PG_BINDIR, pg_config, Debian's folders); where there are none, it
# installs Debian's package, which needs root. It fails with a sentence where it cannot. PostgreSQL refuses to run as
# root, so for root the server runs as the user `postgres` (or `nobody`).
set -euo pipefail

say() { printf 'postgres.sh: %s\n' "$*" >&2; }
fail() { say "$*"; exit 3; }

find_programs() {
    local folder
    for folder in "${PG_BINDIR:-}" \
        "$(command -v pg_config >/dev/null 2>&1 && pg_config --bindir 2>/dev/null || true)" \
        $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -Vr) \
        /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin /usr/local/pgsql/bin \
        "$(dirname "$(command -v initdb 2>/dev/null || echo /nowhere/initdb)")"; do
        if [ -n "$folder" ] && [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && [ -x "$folder/postgres" ]; then
            printf '%s' "$folder"
            return 0
        fi
    done
    return 1
}

install_programs() {
    command -v apt-get >/dev/null 2>&1 ||
        fail "no PostgreSQL server is installed and there is no apt-get; install one, or name its folder in PG_BINDIR"
    [ "$(id -u)" = 0 ] || fail "no PostgreSQL server is installed; as root: apt-get install postgresql"
    say "installing Debian's postgresql"
    {
        DEBIAN_FRONTEND=noninteractive apt-get update -q &&
            DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql
    } >&2 || fail "apt-get could not install postgresql (its words are above)"
}

command_given=no
if [ $# -gt 0 ]; then
    [ "$1" = "--" ] && [ $# -gt 1 ] || fail "write: bash .ci/postgres.sh -- COMMAND…"
    shift
    command_given=yes
fi

programs="$(find_programs)" || {
    install_programs
    programs="$(find_programs)" || fail "postgresql is installed, but initdb and pg_ctl were not found"
}

as_user=()
if [ "$(id -u)" = 0 ]; then
    user=postgres
    id "$user" >/dev/null 2>&1 || user=nobody
    if command -v runuser >/dev/null 2>&1; then
        as_user=(runuser -u "$user" --)
    elif command -v setpriv >/dev/null 2>&1; then
        as_user=(setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups --)
    else
        fail "PostgreSQL refuses to run as root, and there is neither runuser nor setpriv to become $user"
    fi
fi

folder="$(mktemp -d "${TMPDIR:-/tmp}/incidentsim-postgres.XXXXXX")"
started=no
clean_up() {
    if [ "$started" = yes ]; then
        ${as_user[@]+"${as_user[@]}"} "$programs/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 ||
            say "the server in $folder could not be stopped"
    fi
    rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

password="$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
printf '%s\n' "$password" >"$folder/password"
[ "$(id -u)" != 0 ] || chown -R "$user" "$folder"
cd "$folder" # the server's user may not be let into the folder this was called from
${as_user[@]+"${as_user[@]}"} "$programs/initdb" -D "$folder/data" -U incidentsim --auth=scram-sha-256 \
    --pwfile="$folder/password" --encoding=UTF8 --locale=C >"$folder/initdb.log" 2>&1 ||
    { cat "$folder/initdb.log" >&2; fail "initdb failed (its words are above)"; }

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

for attempt in 1 2 3; do # another program may take the port before the server does
    port="$(free_port)" || fail "python3 is needed to find a free port"
    if ${as_user[@]+"${as_user[@]}"} "$programs/pg_ctl" -D "$folder/data" -w -t 60 -l "$folder/server.log" \
        -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=''" start >/dev/null 2>&1; then
        started=yes
        break
    fi
    say "the server did not start on port $port (attempt $attempt)"
done
[ "$started" = yes ] || { cat "$folder/server.log" >&2; fail "the server did not start (its words are above)"; }
cd - >/dev/null

export INCIDENTSIM_TEST_POSTGRES_URL="postgresql://incidentsim:$password@127.0.0.1:$port/postgres"
if [ "$command_given" = no ]; then
    trap - EXIT
    say "stop it with: ${as_user[*]-} $programs/pg_ctl -D $folder/data stop; rm -rf $folder"
    printf '%s\n' "$INCIDENTSIM_TEST_POSTGRES_URL"
    exit 0
fi
"$@"
