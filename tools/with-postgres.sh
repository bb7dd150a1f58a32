#!/bin/sh
# with-postgres.sh COMMAND …: run a command with a PostgreSQL server of its own, which KANAME_TEST_DATABASE_URL names.
# The server listens on a socket in a temporary folder only and is gone afterwards.  Ends as the command does, with 69 when
# PostgreSQL is not installed.  A server that KANAME_TEST_DATABASE_URL names already is used as it is.
set -eu

if [ -n "${KANAME_TEST_DATABASE_URL:-}" ]; then
    exec "$@"
fi

initdb=$(command -v initdb || ls /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb 2>/dev/null | sort -V | tail -n 1)
[ -n "$initdb" ] || exit 69
programs=$(dirname "$initdb")
folder=$(mktemp -d /tmp/kaname-postgres.XXXXXX)

# The server refuses to run as root.
if [ "$(id -u)" = 0 ]; then
    user=$(id -un postgres 2>/dev/null || echo nobody)
    chown "$user" "$folder"
    as_owner() { (cd "$folder" && runuser -u "$user" -- "$@"); }
else
    as_owner() { (cd "$folder" && "$@"); }
fi

stop() {
    as_owner "$programs/pg_ctl" --pgdata="$folder/data" --mode=immediate --silent stop || true
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

as_owner "$programs/initdb" --pgdata="$folder/data" --username=kaname --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1 ||
    { cat "$folder/initdb.log" >&2; exit 1; }
as_owner "$programs/pg_ctl" --pgdata="$folder/data" --log="$folder/data/log" --silent --wait start \
    --options="-k $folder -c listen_addresses='' -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
KANAME_TEST_DATABASE_URL="postgres://kaname@/kaname?host=$folder"
export KANAME_TEST_DATABASE_URL
"$@"
