#!/bin/sh
# `make image SERVICE=… TAG=…`: builds one image with docker or podman, whichever answers.
# Ends with 2 if it was not said which image, 1 if nothing here can build one.
set -eu
cd "$(dirname "$0")/.."
service="${1:-}"
tag="${2:-0.1.0}"
case "$service" in
registry | graph | notify | portal | operator) ;;
*)
    echo "어느 이미지인지 정하십시오 · say which image: make image SERVICE=registry" >&2
    echo "registry, graph, notify, portal, operator" >&2
    exit 2
    ;;
esac
for builder in docker podman; do
    if command -v "$builder" >/dev/null 2>&1 && "$builder" info >/dev/null 2>&1; then
        exec "$builder" build --file deploy/Dockerfile --build-arg "SERVICE=$service" \
            --tag "ieum-$service:$tag" .
    fi
done
if command -v docker >/dev/null 2>&1; then
    echo "docker는 있으나 데몬이 답하지 않습니다. 시작한 뒤 다시 하십시오(systemctl start docker), 또는 podman을 설치하십시오." >&2
    echo "docker is here, but its daemon does not answer. Start it (systemctl start docker), or install podman, and try again." >&2
else
    echo "docker도 podman도 없습니다. 하나를 설치한 뒤 다시 하십시오. 컨테이너 없이는: make up" >&2
    echo "Neither docker nor podman is here. Install one and try again. Without containers: make up" >&2
fi
exit 1
