#!/bin/sh
# Writes the hashed locks: one per deployable, `all` for one machine, `dev` for checks and tests beside it.
# Package indexes come from the user's own settings; no address of one is written.
set -eu
cd "$(dirname "$0")/.."
uv="${UV:-.venv/bin/uv}"
own=""
for name in changefeed registryclient httpedge sheetreader sqlstore workdays ieum-registry ieum-graph ieum-notify ieum-portal ieum ieum-engine; do
    own="$own --no-emit-package $name"
done
compile() { # compile OUTPUT INPUT...
    output="$1"
    shift
    # shellcheck disable=SC2086  # $own is a list of options.
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --no-emit-index-url --no-annotate $own --output-file "requirements/$output.txt" "$@"
}
compile all services/*/pyproject.toml deploy/ieum/pyproject.toml deploy/engine/pyproject.toml
for service in registry graph notify portal; do
    compile "$service" --constraint requirements/all.txt "services/$service/pyproject.toml"
done
compile operator --constraint requirements/all.txt deploy/ieum/pyproject.toml
compile dev --constraint requirements/all.txt --group pyproject.toml:dev services/*/pyproject.toml deploy/ieum/pyproject.toml deploy/engine/pyproject.toml
