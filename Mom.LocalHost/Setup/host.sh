# Bringing the system up and talking to it, on either host.

apphost=$root/Mom.AppHost/Mom.AppHost.csproj
# Exists while an Aspire AppHost that we have started runs in the background.
aspire_marker=$root/.mom/aspire-host
# How long it may take until everything is healthy, in seconds.
aspire_limit=900

up() {
    local host=auto detach='' data_only='' dashboard=yes screens='' pass=()
    while [ $# -gt 0 ]; do
        case "$1" in
            --host) need_value "$@"; host=$2; shift ;;
            --host=*) host=${1#--host=} ;;
            --detach | -d) detach=yes; pass+=(--detach) ;;
            --data-only) data_only=yes; pass+=(--data-only) ;;
            --no-dashboard) dashboard=''; pass+=(--no-dashboard) ;;
            --screens) screens=yes; pass+=(--screens) ;;
            --port-offset | --state) need_value "$@"; pass+=("$1" "$2"); shift ;;
            --port-offset=* | --state=*) pass+=("${1%%=*}" "${1#*=}") ;;
            *) misuse "up has no option $1: see ./mom help up" ;;
        esac
        shift
    done
    case "$host" in
        auto | local | aspire) ;;
        *) misuse "--host is aspire or local, not '$host'" ;;
    esac
    [ -z "$data_only" ] || [ "$host" != aspire ] || misuse '--data-only is a matter of the local host'

    need_sdk
    if chosen_host "$host" "$data_only"; then
        [ -z "$screens" ] || say 'Under Aspire the screens of Postgres and Redis are always there'
        up_aspire "$detach"
    else
        [ -z "$screens" ] || want_screens
        up_local "$data_only" "$dashboard" "${pass[@]}"
    fi
}

need_value() { [ $# -gt 1 ] || misuse "$1 needs a value: see ./mom help up"; }

# Says which host it is and why. Succeeds for Aspire.
chosen_host() {
    local asked=$1 data_only=$2 engine
    if [ -n "$data_only" ]; then
        say 'Host: local, because only the servers are wanted'
        return 1
    elif [ "$asked" = local ]; then
        say 'Host: local, as asked for'
        return 1
    elif has_own_servers; then
        engine='every server is configured by a connection string'
    elif engine=$(has_container_runtime); then
        engine="$engine answers"
    else
        [ "$asked" != aspire ] || fail 'Aspire needs a container runtime for its servers, and neither docker nor podman answers. Without one: ./mom up --host local, or servers of your own (docs/aspire.md)'
        say 'Host: local, because no container runtime (docker, podman) answers'
        return 1
    fi

    say "Host: aspire, because $engine"
}

# Servers that the AppHost takes in place of containers: see docs/aspire.md.
has_own_servers() { [ -n "${ConnectionStrings__rabbitmq:-}" ] && [ -n "${ConnectionStrings__momdb:-}" ] && [ -n "${ConnectionStrings__redis:-}" ]; }

up_local() {
    local data_only=$1 dashboard=$2
    shift 2
    need_packages servers
    if [ -n "$data_only" ]; then
        build_local_host || exit 1
    else
        [ -z "$dashboard" ] || want_dashboard
        build_all || exit 1
    fi
    exec dotnet "$(host_copy)" up "$@"
}

# The host runs from a copy: a build overwrites its output in place, which a running process does not survive for sure.
host_copy() {
    local from copy
    from=$(dirname "$local_host")
    copy=$root/.mom/hosts/$(cksum <"$local_host" | tr ' ' '-')
    if [ ! -d "$copy" ]; then
        mkdir -p "$root/.mom/hosts"
        find "$root/.mom/hosts" -mindepth 1 -maxdepth 1 -mtime +7 -exec rm -rf {} +
        rm -rf "$copy.new"
        cp -R "$from" "$copy.new"
        mv "$copy.new" "$copy"
    fi
    echo "$copy/Mom.LocalHost.dll"
}

# Asks the local host. Only builds when there is nothing yet to ask with.
local_client() {
    need_sdk
    [ -f "$local_host" ] || build_local_host >&2 || exit 1
    dotnet "$local_host" "$@"
}

down() {
    if [ -f "$aspire_marker" ]; then
        aspire stop
        rm -f "$aspire_marker"
    else
        local_client down "$@"
    fi
}

status() {
    if [ -f "$aspire_marker" ]; then
        case "${1:-}" in
            --json) aspire describe --format Json ;;
            *) aspire describe ;;
        esac
    else
        local_client status "$@"
    fi
}

logs() {
    local service='' follow=''
    while [ $# -gt 0 ]; do
        case "$1" in
            -f | --follow) follow=yes ;;
            -*) misuse "logs has no option $1: see ./mom help logs" ;;
            *) [ -z "$service" ] || misuse "logs shows one server or service at a time, not also $1"; service=$1 ;;
        esac
        shift
    done
    local directory=$root/.mom/local/logs names
    names=$(cd "$directory" 2>/dev/null && ls -- *.log 2>/dev/null | sed 's/\.log$//' | paste -sd' ' - || true)
    if [ -f "$aspire_marker" ]; then
        aspire logs ${service:+"$service"} ${follow:+--follow}
    elif [ -z "$service" ]; then
        misuse "logs needs the name of a server or service. There are logs of: ${names:-nothing yet}"
    elif [ ! -f "$directory/$service.log" ]; then
        fail "There is no log of $service. There are logs of: ${names:-nothing yet}"
    elif [ -n "$follow" ]; then
        exec tail -n 100 -F "$directory/$service.log"
    else
        exec cat "$directory/$service.log"
    fi
}

one_resource() {
    local verb=$1 service=${2:-}
    [ -n "$service" ] || misuse "$verb needs the name of a server or service: see ./mom status"
    if [ -f "$aspire_marker" ]; then
        aspire resource "$service" "$verb"
    else
        shift
        local_client "$verb" "$@"
    fi
}

scale() {
    [ ! -f "$aspire_marker" ] || fail 'Aspire fixes the number of replicas at its start: change WithReplicas in Mom.AppHost.'
    local_client scale "$@"
}

reset() {
    local yes='' pass=() answer
    while [ $# -gt 0 ]; do
        case "$1" in
            --yes | -y) yes=yes ;;
            *) pass+=("$1") ;;
        esac
        shift
    done
    if [ -z "$yes" ]; then
        [ -t 0 ] || misuse 'reset deletes all data and asks first; without a terminal say: ./mom reset --yes'
        read -r -p 'Delete all data, logs and passwords of the local host? [y/N] ' answer
        [[ $answer = [yY]* ]] || fail 'Nothing was deleted.'
    fi
    local_client reset "${pass[@]}"
}

up_aspire() {
    if [ -z "$1" ]; then
        exec dotnet run --project "$apphost"
    fi
    want_dashboard
    aspire start || fail 'Aspire did not start: see above. In the foreground it says more: ./mom up --host aspire'
    touch "$aspire_marker"
    # The panel starts last. (The math workers, which it does not wait for, have no one name to be waited for by.) The first time images
    # are downloaded.
    local healthy=yes
    aspire wait panel --timeout "$aspire_limit" || healthy=''
    aspire describe
    say "The administrator's account and all passwords: in the dashboard, under Parameters. Stop it: ./mom down"
    [ -n "$healthy" ] || fail "Not everything is healthy after $aspire_limit s: see ./mom logs NAME. It goes on trying."
}

# The AppHost runs with the person's own home, where development certificates are; only the CLI's own files stay here.
aspire() {
    local cli command=$1
    # Not command -v: that finds this function.
    cli=$(type -P aspire || true)
    cli=${cli:-$(aspire_cli)} || fail 'The aspire command is needed for this, and npm could not install it. In the foreground it works: ./mom up --host aspire'
    shift
    ASPIRE_HOME=$root/.mom/tools/home/.aspire "$cli" "$command" "$@" --apphost "$apphost" --non-interactive --nologo
}
