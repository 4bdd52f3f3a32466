#!/bin/sh
# One role and one database for each service, with the passwords of today. Safe to repeat: an old
# database stays as it is, a renewed password is set. Who asks, and where, stands in PGHOST, PGUSER
# and PGPASSFILE; each service's password file lies beside it, as `ieum secrets --into` wrote it.
set -eu
secrets="${SECRETS:-/secrets}"
for name in registry notify portal; do
    # The password is read by psql itself: it is never an argument that others could list.
    psql --no-psqlrc --quiet --no-password --dbname=postgres \
        --set=ON_ERROR_STOP=1 --set=name="$name" --set=file="$secrets/$name" <<'SQL'
\set password `cut -d: -f5 :'file'`
SELECT format('CREATE ROLE %I LOGIN', :'name')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \gexec
SELECT format('ALTER ROLE %I PASSWORD %L', :'name', :'password') \gexec
SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE template0 ENCODING %L LOCALE %L',
              :'name', :'name', 'UTF8', 'C.UTF-8')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', :'name') \gexec
SQL
    echo "database $name: ready"
done
