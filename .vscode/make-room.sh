#!/usr/bin/env bash
# make-room.sh SERVICE: brings the system up if it is not, and leaves the environment of SERVICE for the debugger. A worker is stopped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
service=$1
mkdir -p .mom/debug

# A compound starts several of these at once.
if command -v flock >/dev/null; then
    exec 9>.mom/debug/lock
    flock 9
fi

status=0
./mom status >/dev/null 2>&1 || status=$?
# 3: nothing runs. 1: something is not healthy, such as the service that was stopped the last time.
[ "$status" -ne 3 ] || ./mom up --detach 9>&-
./mom run "$service" --prepare ".mom/debug/$service.env"
