# ./mom sandbox: experiments, each a C# file that runs by itself, on the servers that are up.

sandbox() {
    local name=${1:-} file
    case "$name" in -*) misuse "sandbox has no option $name: see ./mom help sandbox" ;; esac
    if [ -z "$name" ]; then
        list_experiments
        return
    fi
    file=$(experiment_file "${name%.cs}")
    need_sdk
    shift
    local connections
    connections=$(connections_for "$file") || exit 1
    eval "$connections"
    exec dotnet run "$file" -- "$@"
}

# experiment_file NAME: rabbitmq/hello-world/send, or the end of it where only one has that end: hello-world/send, emit-log is in two.
experiment_file() {
    local found
    found=$(experiments | grep -E "(^|/)$(sed 's/[^a-z0-9/-]/./g' <<<"$1")$" || true)
    case $(grep -c . <<<"$found") in
        1) printf '%s\n' "$root/sandbox/$found.cs" ;;
        0) misuse "There is no experiment '$1'. ./mom sandbox lists them." ;;
        *) misuse "There are several experiments '$1': $(paste -sd' ' - <<<"$found")" ;;
    esac
}

# An experiment gets the servers that it names, and no others: it may reach no more than it needs.
connections_for() {
    ! grep -q 'Running\.Broker' "$1" || environment_of rabbitmq || return 1
    ! grep -q 'Running\.Redis' "$1" || environment_of redis || return 1
    ! grep -q 'Running\.Database' "$1" || environment_of momdb || return 1
}

experiments() { (cd "$root/sandbox" && find . -mindepth 2 -name '*.cs' -not -path '*/obj/*' -not -path '*/bin/*' | sed 's:^\./::; s/\.cs$//' | sort); }

# Each with the first line of its opening comment.
list_experiments() {
    local name
    while read -r name; do
        printf '  %-42s %s\n' "$name" "$(sed -n 's:^// ::p' "$root/sandbox/$name.cs" | head -n 1)"
    done < <(experiments)
}
