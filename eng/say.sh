# What ./mom says to the person at the keyboard.

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    bold=$'\e[1m' good=$'\e[32m' bad=$'\e[31m' plain=$'\e[0m'
else
    bold='' good='' bad='' plain=''
fi

say() { printf '%s%-13s%s | %s\n' "$bold" mom "$plain" "$*"; }

# One clear sentence, on the error stream.
complain() { printf '%s%s%s\n' "$bad" "$*" "$plain" >&2; }

fail() {
    complain "$@"
    exit 1
}

misuse() {
    complain "$@"
    exit 2
}

# new_log FILE: an empty file that nobody else can read. What is written to it may hold passwords and the token of the dashboard.
new_log() {
    mkdir -p "$(dirname "$1")"
    rm -f "$1"
    (umask 077 && : >"$1")
}
