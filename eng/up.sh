# ./mom up and down: the AppHost, with whatever set-up it needs.

# How long it may take until everything is healthy, in seconds. The first time, images may have to be downloaded.
up_limit=900

up() {
    local servers=auto detach='' screens='' pass=()
    while [ $# -gt 0 ]; do
        case "$1" in
            --servers) need_value "$@"; servers=$2; shift ;;
            --servers=*) servers=${1#--servers=} ;;
            --detach | -d) detach=yes ;;
            --data-only) pass+=(--ServersOnly=true) ;;
            --screens) screens=yes ;;
            --port-offset) need_value "$@"; pass+=("--Ports:Offset=$2"); shift ;;
            --port-offset=*) pass+=("--Ports:Offset=${1#--port-offset=}") ;;
            --replicas) need_value "$@"; pass+=("--Replicas:$2"); shift ;;
            --replicas=*) pass+=("--Replicas:${1#--replicas=}") ;;
            *) misuse "up has no option $1: see ./mom help up" ;;
        esac
        shift
    done

    need_sdk
    need_servers "$servers"
    [ -z "$screens" ] || want_screens
    build_once apphost Mom.AppHost "$root/Mom.AppHost/bin/$configuration/net10.0/Mom.AppHost.dll" || exit 1
    pass=("--Servers=$servers" ${pass[@]+"${pass[@]}"})
    if [ -n "$detach" ]; then
        up_detached "${pass[@]}"
    else
        exec dotnet run --no-build --project "$apphost" -- "${pass[@]}"
    fi
}

need_value() { [ $# -gt 1 ] || misuse "$1 needs a value: see ./mom help up"; }

# Servers come from connection strings, from containers, or from the programs of this machine, which are installed when they are needed.
need_servers() {
    local engine
    case "$1" in
        auto)
            if has_own_servers; then
                say 'Servers: those of the connection strings that are configured'
            elif engine=$(has_container_runtime); then
                say "Servers: containers, because $engine answers"
            else
                say 'Servers: native processes, because neither docker nor podman answers'
                need_packages servers
            fi
            ;;
        container) has_container_runtime >/dev/null || fail 'Neither docker nor podman answers. Start one of them, or: ./mom up --servers native' ;;
        native) need_packages servers ;;
        *) misuse "--servers is auto, container or native, not '$1'" ;;
    esac
}

# What the AppHost takes before all else: see docs/aspire.md.
has_own_servers() { [ -n "${ConnectionStrings__rabbitmq:-}" ] && [ -n "${ConnectionStrings__momdb:-}" ] && [ -n "${ConnectionStrings__redis:-}" ]; }

up_detached() {
    local log=$root/.mom/up.log started login
    ! resources >/dev/null 2>&1 || fail 'It is running already: see ./mom status. Stop it with: ./mom down'
    say 'Starting'
    new_log "$log"
    if ! aspire start --no-build -- "$@" >"$log"; then
        apphost_words "$log" >&2
        fail "The AppHost did not start. In the foreground it says more: ./mom up"
    fi
    login=$(sed -n 's/^ *Dashboard: *\(http[^ ]*\).*/\1/p' "$log" | head -n 1)
    wait_until_healthy "$(log_of "$log")"
    echo
    status_table
    echo
    echo "  Dashboard: $login"
    echo "  Administrator: ./mom env deployer | grep Admin__   (all passwords: in the dashboard, under Parameters)"
    echo "  Stop it: ./mom down"
}

# log_of FILE: where the AppHost writes its log, from what the CLI said.
log_of() { sed -n 's/.*See AppHost logs at \(.*\.log\).*/\1/p; s/^ *Logs: *\(.*\.log\).*/\1/p' "$1" | head -n 1; }

# What the AppHost itself wrote, without what the CLI says around it.
apphost_words() {
    local log
    log=$(log_of "$1")
    cat "$1"
    [ -z "$log" ] || tail -n 20 "$log"
}

# wait_until_healthy LOG: ends early when something has failed for good. Watches what the AppHost writes; to ask it costs a second of
# processor time, and is done now and then only, and when the AppHost has something to tell.
wait_until_healthy() {
    local log=$1 started=$SECONDS all healthy failed told='' heard asked=$SECONDS
    while ! grep -q 'StartReporter\] All [0-9]* resources are healthy' "$log" 2>/dev/null; do
        heard=$(grep -c 'StartReporter\] ' "$log" 2>/dev/null || true)
        if [ "$heard" != "$told" ] || [ $((SECONDS - asked)) -ge 15 ]; then
            start_failures "$log" "${told:-0}" >&2
            told=$heard asked=$SECONDS
            all=$(resources || true)
            failed=$(awk -F'\t' '$4 == "FailedToStart" || $4 ~ /^Gave up/ { print $2 }' <<<"$all" | sort -u | paste -sd, - | sed 's/,/, /g')
            [ -z "$failed" ] ||
                fail "Failed: $failed (see above, and ./mom logs NAME). What waits for them will not start, what is up stays up: ./mom status, ./mom down"
            healthy=$(awk -F'\t' "$is_well { n++ } END { print n + 0 }" <<<"$all")
            [ -z "$all" ] || say "$healthy of $(wc -l <<<"$all" | tr -d ' ') healthy"
        fi
        if [ $((SECONDS - started)) -gt $up_limit ]; then
            status_table >&2
            fail "Not everything is healthy after $up_limit s: see ./mom logs NAME. It goes on trying."
        fi
        sleep 0.5
    done
    say "All healthy after $((SECONDS - started)) s"
}

# start_failures LOG TOLD: what the AppHost says of resources that do not start, but for the first TOLD of its reports; without stack traces.
start_failures() {
    awk -v told="$2" '
        /StartReporter\] / { reports++ }
        /\[FAIL\] \[AppHost\/StartReporter\] / && reports > told { sub(/.*StartReporter\] /, ""); print; inside = 1; next }
        /^\[/ { inside = 0 }
        inside && !/^ *at |^---/ { sub(/^[A-Za-z.]*Exception: /, "  "); print }' "$1" 2>/dev/null || true
}

# Returns when no process is left.
down() {
    local left deadline=$((SECONDS + 45))
    new_log "$root/.mom/down.log"
    aspire stop >"$root/.mom/down.log" || true
    while left=$(our_processes) && [ -n "$left" ]; do
        [ $SECONDS -lt $deadline ] || fail "Still running after 45 s: $(tr '\n' ' ' <<<"$left")"
        sleep 0.5
    done
    say 'Nothing is running any more'
}
