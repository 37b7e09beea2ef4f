# ./mom sandbox: experiments, each a C# file that runs by itself, on the broker that is up.

sandbox() {
    local name=${1:-} file
    case "$name" in -*) misuse "sandbox has no option $name: see ./mom help sandbox" ;; esac
    if [ -z "$name" ]; then
        list_experiments
        return
    fi
    file=$root/sandbox/${name%.cs}.cs
    [ -f "$file" ] || misuse "There is no experiment '$name'. There are: $(experiments | paste -sd' ' -)"
    need_sdk
    # The broker and nothing else: what an experiment may reach is no more than what it needs.
    local broker
    broker=$(environment_of rabbitmq) || exit 1
    shift
    eval "$broker"
    exec dotnet run "$file" "$@"
}

experiments() { (cd "$root/sandbox" && ls -- *.cs | sed 's/\.cs$//'); }

# Each with the first line of its opening comment.
list_experiments() {
    local name
    while read -r name; do
        printf '  %-20s %s\n' "$name" "$(sed -n 's:^// ::p' "$root/sandbox/$name.cs" | head -n 1)"
    done < <(experiments)
}
