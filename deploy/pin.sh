#!/bin/sh
# `make pin`: asks the registries once which digests the tags of foreign images have today, and writes
# docker-compose.digests.yml, which holds each image to its digest. Needs docker with buildx, and the
# internet. Ends with 1, and leaves the file as it was, if any digest cannot be had.
set -eu
cd "$(dirname "$0")/.."
target=docker-compose.digests.yml
draft=$(mktemp)
trap 'rm -f "$draft"' EXIT

digest() {
    found=$(docker buildx imagetools inspect "$1" --format '{{.Manifest.Digest}}') || found=
    case "$found" in
    sha256:????????????????????????????????????????????????????????????????) echo "$found" ;;
    *)
        echo "$1: 다이제스트를 얻지 못했습니다. docker와 네트워크를 확인한 뒤 다시 하십시오." >&2
        echo "$1: its digest could not be had. Check docker and the network, then try again." >&2
        return 1
        ;;
    esac
}

python=$(sed -n 's/^ARG PYTHON=//p' deploy/Dockerfile)
python="$python@$(digest "python:$python")"
{
    echo "# Written by make pin. With .env: COMPOSE_FILE=docker-compose.yml:$target"
    echo "services:"
} > "$draft"
awk '/^services:/ {inside = 1; next} /^[a-z]/ {inside = 0}
    inside && /^  [a-z0-9-]+:/ {name = $1; sub(":", "", name)}
    inside && /^    image: / {print name, $2}' docker-compose.yml > "$draft.foreign"
while read -r name image; do
    held=$(digest "$image") || { rm -f "$draft.foreign"; exit 1; }
    echo "  $name: {image: \"$image@$held\"}"
done < "$draft.foreign" >> "$draft"
rm -f "$draft.foreign"
for service in registry graph notify portal; do
    echo "  $service: {build: {args: {PYTHON: \"$python\"}}}"
done >> "$draft"
echo "  operator: {build: {args: {PYTHON: \"$python\"}}}" >> "$draft"
cp "$draft" "$target"
echo "$target"
