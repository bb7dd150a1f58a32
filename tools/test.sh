#!/bin/sh
# Check everything: first what reads and writes the database, on PostgreSQL; then all of it, on SQLite and in a browser.
# One process per core; one that has done its share takes from that of another.
# Fails when one of the two does; the last line is that of the second.
set -u
cd "$(dirname "$0")/.."

NO_SERVER=69
CHECK=".venv/bin/python -m pytest -q --numprocesses=auto --dist=worksteal"

tools/with-postgres.sh $CHECK -m "not browser" tests/kernel tests/ground tests/pso tests/pmo
server=$?
if [ $server = $NO_SERVER ]; then
    KANAME_TEST_REMARK="Not run on PostgreSQL: its programs were not found (Debian: apt-get install postgresql)."
    [ "${CI:-}" = true ] || server=0
elif [ $server = 0 ]; then
    KANAME_TEST_REMARK="The tests of the database passed on PostgreSQL as well."
else
    KANAME_TEST_REMARK="The tests of the database FAILED on PostgreSQL: see the first of the two runs above."
fi
export KANAME_TEST_REMARK

$CHECK
everything=$?
[ $everything = 0 ] || exit $everything
exit $server
