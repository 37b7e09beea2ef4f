# Server programs and the browser: what is there, and how to get what is not.

rabbitmq_program() { first_of /usr/lib/rabbitmq/bin/rabbitmq-server /opt/homebrew/opt/rabbitmq/sbin/rabbitmq-server /usr/local/opt/rabbitmq/sbin/rabbitmq-server; }

# shellcheck disable=SC2046,SC2012 # The newest version first; none of these paths has a space.
postgres_program() { first_of $(ls -d /usr/lib/postgresql/*/bin/postgres /opt/homebrew/opt/postgresql@*/bin/postgres /usr/local/opt/postgresql@*/bin/postgres 2>/dev/null | sort -rV) "$(command -v postgres || true)"; }

redis_program() { first_of "$(command -v redis-server || true)"; }

browser_program() { first_of "${MOM_CHROMIUM:-}" "$(command -v chromium || true)" "$(command -v google-chrome || true)" '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; }

npm_program() { first_of "$(command -v npm || true)"; }

# Without letters there is nothing to see on a page, and no test can read it.
has_fonts() { is_mac || [ -n "$(find /usr/share/fonts -name '*.[to]tf' -print -quit 2>/dev/null)" ]; }

# The client of RabbitMQ for Python, in one of the interpreters that the tests try.
has_pika() { /usr/bin/python3 -c 'import pika' 2>/dev/null || python3 -c 'import pika' 2>/dev/null; }

first_of() {
    local candidate
    for candidate in "$@"; do
        if [ -n "$candidate" ] && [ -x "$candidate" ]; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}

# missing_packages servers|browser|python|npm|tables ...: the names of Debian's packages, or Homebrew's on macOS.
missing_packages() {
    local what
    for what in "$@"; do
        case "$what" in
            servers)
                rabbitmq_program >/dev/null || { is_mac && echo rabbitmq || echo rabbitmq-server; }
                postgres_program >/dev/null || { is_mac && echo postgresql@17 || echo postgresql; }
                redis_program >/dev/null || { is_mac && echo redis || echo redis-server; }
                ;;
            browser)
                browser_program >/dev/null || { is_mac && echo google-chrome || echo chromium; }
                has_fonts || echo fonts-liberation
                ;;
            python)
                has_pika || { is_mac || echo python3-pika; }
                ;;
            npm)
                npm_program >/dev/null || { is_mac && echo node || echo npm; }
                ;;
            tables)
                # php-cgi: with it the package php wants no Apache.
                [ -d /usr/share/adminer ] || echo adminer php-cgi
                command -v php >/dev/null 2>&1 || echo php-cli
                php -m 2>/dev/null | grep -qx pgsql || echo php-pgsql
                ;;
        esac
    done | paste -sd' ' -
}

install_command() {
    if is_mac; then
        echo "brew install $*"
    elif is_debian; then
        local commands="apt-get update && apt-get install -y --no-install-recommends $*"
        if [ "$(id -u)" -eq 0 ]; then
            echo "$commands"
        elif command -v sudo >/dev/null 2>&1; then
            echo "sudo sh -c '$commands'"
        else
            echo "su -c '$commands'"
        fi
    else
        echo "the package manager of this system, to install what Debian calls: $*"
    fi
}

# need_packages servers|browser ...: installs what is missing, or tells how to and ends.
need_packages() {
    [ -z "$(missing_packages "$@")" ] || in_turn install_packages "$@"
}

install_packages() {
    local missing
    missing=$(missing_packages "$@")
    # Another ./mom was faster.
    [ -n "$missing" ] || return 0
    if ! is_debian || ! may_install; then
        fail "Not installed: $missing. Install it with: $(install_command "$missing")"
    fi

    local log=$root/.mom/apt.log
    say "Installing $missing (Debian packages; the log is $log)"
    # DPkg::Lock::Timeout: somebody else's apt is waited for. Recommended packages are many and none is needed.
    # shellcheck disable=SC2086
    if ! { apt update && apt install -y --no-install-recommends $missing; } >"$log" 2>&1 </dev/null; then
        tail -n 15 "$log" >&2
        fail "apt-get could not install: $missing. Try by hand: $(install_command "$missing")"
    fi
    missing=$(missing_packages "$@")
    [ -z "$missing" ] || fail "Installed, and yet not found: $missing"
}

apt() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@"; }
