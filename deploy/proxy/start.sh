#!/bin/sh
# Starts nginx before the portal, with the addresses of the environment: docker-compose.yml says
# which. `start.sh check` only says whether the file is one that nginx takes.
# Ends with 2 if the settings do not fit.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
url=${IEUM_PORTAL_URL%/}
case "$url" in
https://?*) ;;
*)
    echo "IEUM_PORTAL_URL이 https://로 시작해야 합니다: $url" >&2
    echo "IEUM_PORTAL_URL must begin with https://: $url" >&2
    exit 2
    ;;
esac
name=${url#https://}
name=${name%%[:/]*}
case "$name" in
*[!a-z0-9.-]*)
    echo "IEUM_PORTAL_URL의 이름에는 a-z, 0-9, 점, -만 쓸 수 있습니다: $name" >&2
    echo "The name in IEUM_PORTAL_URL may hold a-z, 0-9, dots and - alone: $name" >&2
    exit 2
    ;;
esac
for file in certificate.pem key.pem; do
    if [ ! -r "$PROXY_CERTIFICATES/$file" ]; then
        echo "$PROXY_CERTIFICATES/$file 을(를) 읽을 수 없습니다. deploy/RUNBOOK.md의 '프록시'를 보십시오." >&2
        echo "$PROXY_CERTIFICATES/$file cannot be read. See deploy/RUNBOOK.md, \"The proxy\"." >&2
        exit 2
    fi
done

# A form is somewhat larger than the file in it, and too large a file is answered by the form.
largest=${PROXY_DOCUMENT_MB:-100}
fill() {
    sed -e "s|@RUN@|$PROXY_RUN|g" -e "s|@URL@|$url|g" -e "s|@NAME@|$name|g" \
        -e "s|@HTTP@|$PROXY_HTTP|g" -e "s|@HTTPS@|$PROXY_HTTPS|g" -e "s|@HEALTH@|$PROXY_HEALTH|g" \
        -e "s|@CERTIFICATES@|$PROXY_CERTIFICATES|g" -e "s|@ACME@|$PROXY_ACME|g" \
        -e "s|@RESOLVER@|$PROXY_RESOLVER|g" -e "s|@PORTAL@|$PROXY_PORTAL|g" \
        -e "s|@REGISTRY@|$PROXY_REGISTRY|g" -e "s|@GRAPH@|$PROXY_GRAPH|g" \
        -e "s|@NOTIFY@|$PROXY_NOTIFY|g" -e "s|@DOCUMENT@|${largest}m|g" \
        -e "s|@UPLOAD@|$((2 * largest + 1))m|g" "$1"
}

umask 077
mkdir -p "$PROXY_RUN"
fill "$here/nginx.conf" >"$PROXY_RUN/nginx.conf"
case "$PROXY_API" in
on) fill "$here/api.conf" >"$PROXY_RUN/api.conf" ;;
off) : >"$PROXY_RUN/api.conf" ;;
*)
    echo "PROXY_API는 on 또는 off입니다: $PROXY_API" >&2
    echo "PROXY_API is on or off: $PROXY_API" >&2
    exit 2
    ;;
esac

how="daemon off;"
# In its container it is nobody; where it is root, its workers read the same files.
[ "$(id -u)" != 0 ] || how="$how user root;"
if [ "${1:-}" = check ]; then
    exec nginx -t -e stderr -c "$PROXY_RUN/nginx.conf" -g "$how"
fi
exec nginx -e stderr -c "$PROXY_RUN/nginx.conf" -g "$how"
