# ./mom doctor: what is here, what is missing or in the way, and the exact command that mends it.

# Packages, build output and the servers' data need about half of it, in MB.
disk_needed=2048

doctor() {
    local offset=0 missing=0 servers=0 engine
    while [ $# -gt 0 ]; do
        case "$1" in
            --port-offset) [ $# -gt 1 ] || misuse '--port-offset needs a value: see ./mom help doctor'; offset=$2; shift ;;
            --port-offset=*) offset=${1#--port-offset=} ;;
            *) misuse "doctor has no option $1: see ./mom help doctor" ;;
        esac
        shift
    done
    [[ $offset =~ ^[0-9]+$ ]] || misuse "--port-offset is a number, not '$offset'"

    check '.NET SDK' "$(found_sdk || true)" "https://dot.net/download ($(wanted_sdk) or a later feature band; installed: $(installed_sdks | sed 's/^$/none/'))" || missing=1
    engine=$(has_container_runtime || true)
    check 'Containers' "$engine" 'https://docs.docker.com/get-docker  (optional: without, the servers below run as plain processes)' || true
    # With containers ./mom up needs none of them; the tests always do.
    local why=${engine:+'  (for ./mom test)'}
    check 'RabbitMQ' "$(rabbitmq_version)" "$(install_command "$(is_mac && echo rabbitmq || echo rabbitmq-server)")$why" || servers=1
    check 'Postgres' "$(version_of "$(postgres_program || true)" --version)" "$(install_command "$(is_mac && echo postgresql@17 || echo postgresql)")$why" || servers=1
    check 'Redis' "$(version_of "$(redis_program || true)" --version)" "$(install_command "$(is_mac && echo redis || echo redis-server)")$why" || servers=1
    check 'Chromium' "$(version_of "$(browser_program || true)" --version)" "$(install_command "$(is_mac && echo google-chrome || echo chromium)")  (for ./mom test)" || servers=1
    check 'Fonts' "$(has_fonts && echo yes || true)" "$(install_command fonts-liberation)  (for ./mom test)" || servers=1
    check 'npm' "$(version_of "$(npm_program || true)" --version)" "$(install_command "$(is_mac && echo node || echo npm)")  (optional: brings a screen for Redis)" || true
    check 'Certificate' "$(has_certificate && echo trusted || true)" 'dotnet dev-certs https --trust  (optional: Redis over TLS, the dashboard over https)' || true
    check_disk || missing=1
    check_ports "$offset" || missing=1
    if [ "$servers" -ne 0 ]; then
        missing=1
        if is_debian && may_install; then
            say './mom up and ./mom test install missing packages by themselves.'
        fi
    fi
    return "$missing"
}

# check NAME FOUND REMEDY
check() {
    if [ -n "$2" ]; then
        report found "$1" "$2"
    else
        report missing "$1" "$3"
        return 1
    fi
}

report() {
    local colour=$bad
    [ "$1" != found ] || colour=$good
    printf '  %s%-8s%s %-11s %s\n' "$colour" "$1" "$plain" "$2" "$3"
}

has_certificate() { found_sdk >/dev/null && with_limit 20 dotnet dev-certs https --check --trust >/dev/null 2>&1; }

check_disk() {
    local free
    free=$(($(df -Pk "$root" | awk 'NR == 2 { print $4 }') / 1024))
    if [ "$free" -ge "$disk_needed" ]; then
        report found 'Disk' "$free MB free"
    else
        report missing 'Disk' "$free MB free in $root, of $disk_needed needed: delete something, such as build output: git clean -xdf"
        return 1
    fi
}

# check_ports OFFSET: those of docs/aspire.md. This system's own processes are no obstacle.
check_ports() {
    local port name holder taken='' ours
    ours=" $(our_processes | tr '\n' ' ')"
    while read -r port name; do
        port=$((port + $1))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || continue
        holder=$(holder_of "$port")
        [[ -n $holder && $ours == *" $holder "* ]] && continue
        taken+=$port:$name:$holder$'\n'
    done <<'PORTS'
7070 API
7071 Postgres
7072 RabbitMQ
7073 Redis
7080 socket
7090 math service
9090 panel
9091 screen of Postgres
9092 screen of RabbitMQ
9093 screen of Redis
18888 dashboard
PORTS
    # Containers' ports are held by the runtime, and some by the orchestrator.
    if [ -z "$taken" ] || resources >/dev/null 2>&1; then
        report found 'Ports' 'free, or used by this system'
        return
    fi
    while IFS=: read -r port name holder; do
        report 'in use' 'Port' "$port ($name): ${holder:+kill $holder ($(ps -o comm= -p "$holder")), or }./mom up --port-offset $(($1 + 100))"
    done <<<"${taken%$'\n'}"
    return 1
}

# holder_of PORT: the process that listens there, where this user may know it.
holder_of() {
    if command -v ss >/dev/null 2>&1; then
        ss -ltnpH "sport = :$1" 2>/dev/null | sed -n 's/.*pid=\([0-9]*\).*/\1/p' | head -n 1
    elif command -v lsof >/dev/null 2>&1; then
        lsof -nP -t -iTCP:"$1" -sTCP:LISTEN 2>/dev/null | head -n 1
    fi
}

version_of() {
    [ -n "$1" ] || return 0
    # The first thing that looks like a version.
    { with_limit 20 "$@" 2>/dev/null || true; } | grep -oE '[0-9]+\.[0-9.]+' | head -n 1
}

# The broker itself would need a running Erlang to say it; its folder says it too.
rabbitmq_version() {
    rabbitmq_program >/dev/null || return 0
    { ls -d /usr/lib/rabbitmq/lib/rabbitmq_server-* /opt/homebrew/Cellar/rabbitmq/* /usr/local/Cellar/rabbitmq/* 2>/dev/null || true; } \
        | grep -oE '[0-9]+\.[0-9.]+$' | head -n 1
}
