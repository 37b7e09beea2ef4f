# What kind of machine this is.

is_mac() { [ "$(uname -s)" = Darwin ]; }

is_debian() { command -v apt-get >/dev/null 2>&1; }

# How to become root: nothing when we are, sudo when it needs no password; otherwise we may not install.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

may_install() { [ "$(id -u)" -eq 0 ] || { command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; }; }

# with_limit SECONDS COMMAND...: macOS has no timeout(1).
with_limit() {
    if command -v timeout >/dev/null 2>&1; then
        timeout "$@"
    else
        shift
        "$@"
    fi
}

# Two ./mom at once must not install or build the same thing side by side. The lock is on file descriptor 9.
in_turn() {
    mkdir -p "$root/.mom"
    if command -v flock >/dev/null 2>&1; then
        (
            flock 9
            "$@" 9>&-
        ) 9>"$root/.mom/setup.lock"
    else
        "$@"
    fi
}

has_container_runtime() {
    local engine
    for engine in docker podman; do
        if command -v "$engine" >/dev/null 2>&1 && with_limit 10 "$engine" info >/dev/null 2>&1; then
            echo "$engine"
            return 0
        fi
    done
    return 1
}
