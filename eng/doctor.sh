# ./mom doctor: what is here, what is missing, and the exact command that brings it.

doctor() {
    local missing=0
    check '.NET SDK' "$(found_sdk || true)" 'https://dot.net/download' || missing=1
    check 'RabbitMQ' "$(rabbitmq_version)" "$(install_command "$(is_mac && echo rabbitmq || echo rabbitmq-server)")" || missing=1
    check 'Postgres' "$(version_of "$(postgres_program || true)" --version)" "$(install_command "$(is_mac && echo postgresql@17 || echo postgresql)")" || missing=1
    check 'Redis' "$(version_of "$(redis_program || true)" --version)" "$(install_command "$(is_mac && echo redis || echo redis-server)")" || missing=1
    check 'Chromium' "$(version_of "$(browser_program || true)" --version)" "$(install_command "$(is_mac && echo google-chrome || echo chromium)")  (for ./mom test)" || missing=1
    check 'Fonts' "$(has_fonts && echo yes || true)" "$(install_command fonts-liberation)  (for ./mom test)" || missing=1
    check 'npm' "$(version_of "$(command -v npm || true)" --version)" "$(install_command "$(is_mac && echo node || echo npm)")  (optional: brings a screen for Redis)" || true
    check 'Containers' "$(has_container_runtime || true)" 'https://docs.docker.com/get-docker  (optional: without, the servers above run natively)' || true
    if [ "$missing" -ne 0 ] && is_debian && may_install; then
        say './mom up and ./mom test install what is missing by themselves.'
    fi
    return "$missing"
}

check() {
    if [ -n "$2" ]; then
        printf '  %sfound%s    %-11s %s\n' "$good" "$plain" "$1" "$2"
    else
        printf '  %smissing%s  %-11s %s\n' "$bad" "$plain" "$1" "$3"
        return 1
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
