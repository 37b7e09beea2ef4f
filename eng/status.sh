# ./mom status, logs, stop, start, restart, rebuild and env: asking the running AppHost.

# Exit code 0: all healthy; 1: something is not; 3: nothing is running.
status() {
    case "${1:-}" in
        --json) resources_json || { echo '{"resources": []}'; exit 3; } ;;
        '') status_table || { say 'Nothing is running. Start it with: ./mom up'; exit 3; } ;;
        *) misuse "status has no option $1: see ./mom help status" ;;
    esac
    [ -z "$(resources | awk -F'\t' "!($is_well)")" ]
}

status_table() {
    local all
    all=$(resources) && [ -n "$all" ] || return 1
    { printf 'NAME\t\t\tSTATE\tHEALTH\tEXIT\tWHERE\n'; printf '%s\n' "$all"; } | awk -F'\t' '
        NR == 1 { row[1] = $1; state[1] = $4; health[1] = $5; url[1] = $7; next }
        { row[NR] = $2; state[NR] = $4 ($6 != "-" && $6 != "0" ? " (" $6 ")" : ""); health[NR] = $5; url[NR] = $7 }
        END {
            for (i = 1; i <= NR; i++) { if (length(row[i]) > a) a = length(row[i]); if (length(state[i]) > b) b = length(state[i]); if (length(health[i]) > c) c = length(health[i]) }
            for (i = 1; i <= NR; i++) printf "  %-" a "s  %-" b "s  %-" c "s  %s\n", row[i], state[i], health[i], url[i]
        }'
}

logs() {
    local service='' follow='' one
    while [ $# -gt 0 ]; do
        case "$1" in
            -f | --follow) follow=yes ;;
            -*) misuse "logs has no option $1: see ./mom help logs" ;;
            *) [ -z "$service" ] || misuse "logs shows one server or service at a time, not also $1"; service=$1 ;;
        esac
        shift
    done
    [ -n "$service" ] || misuse 'logs needs the name of a server or service: see ./mom status'
    need_instances "$service" >/dev/null
    if [ -n "$follow" ]; then
        aspire logs "$service" --follow --tail 100
    else
        for one in $(instances "$service"); do aspire logs "$one"; done
    fi
}

# one_resource VERB SERVICE: every instance of it, and waits until that is done.
one_resource() {
    local verb=$1 service=${2:-} one all
    [ -n "$service" ] || misuse "$verb needs the name of a server or service: see ./mom status"
    all=$(need_instances "$service") || exit 1
    for one in $all; do
        aspire resource "$one" "$verb" || fail "$service could not be told to $verb: see above"
    done
    for one in $all; do
        if [ "$verb" = stop ]; then
            aspire wait "$one" --status down --timeout 60 >/dev/null || fail "$service has not stopped within a minute: see ./mom logs $service"
        else
            aspire wait "$one" --timeout 120 >/dev/null || fail "$service is not healthy after two minutes: see ./mom logs $service"
        fi
    done
    status_table | awk -v name="$service" 'NR == 1 || $1 == name'
}

# env [SERVICE]: lines for a shell to source. Without a name, how the servers are reached.
env_of() {
    local name=${1:-}
    if [ -n "$name" ]; then
        environment_of "$name"
    else
        resources >/dev/null 2>&1 || fail 'Nothing is running. Start it with: ./mom up'
        for name in rabbitmq momdb redis; do
            [ -z "$(instances $name)" ] || environment_of $name
        done
    fi
}

environment_of() {
    local one
    one=$(need_instances "$1") || exit 1
    aspire resource "$(head -n 1 <<<"$one")" environment | sed -n '/^export /p'
}
