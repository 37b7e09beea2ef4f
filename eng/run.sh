# ./mom run: one service as a process of this terminal, in place of the one that the AppHost runs.

run_service() {
    local service=${1:-} file='' project variables
    case "$service" in
        '') misuse 'run needs the name of a service: see ./mom help run' ;;
        -*) misuse "run has no option $service: see ./mom help run" ;;
    esac
    shift
    while [ $# -gt 0 ]; do
        case "$1" in
            --prepare) [ $# -gt 1 ] || misuse '--prepare needs a file: see ./mom help run'; file=$2; shift ;;
            *) misuse "run has no option $1: see ./mom help run" ;;
        esac
        shift
    done
    project=$(project_of "$service") || misuse "run starts a service of this repository, not '$service': math-service deployer db-worker math-worker api socket panel"
    need_sdk
    if variables=$(variables_of "$service"); then
        if [ -n "$file" ]; then write_variables "$file" "$variables"; fi
    elif [ ! -f "$file" ]; then
        # It was stopped before; what a debugger was given the last time still holds.
        exit 1
    fi
    [ -n "$file" ] || build_once all Mom.sln "$root/Mom.Panel/bin/$configuration/net10.0/Mom.Panel.dll" || exit 1
    one_resource stop "$service" >/dev/null
    if [ -n "$file" ]; then
        say "$service is stopped; $file is its environment. Afterwards: ./mom start $service"
        return
    fi
    say "$service runs here until Ctrl-C; then the AppHost starts its own again"
    # A signal ends the service first, and then this: the other one is to come back in each case.
    trap ':' INT TERM
    (
        trap - INT TERM
        cd "$root/$project"
        eval "$variables"
        exec dotnet "$root/$project/bin/$configuration/net10.0/$project.dll"
    ) || true
    one_resource start "$service"
}

project_of() {
    case "$1" in
        api) echo Mom.Api ;;
        socket) echo Mom.Socket ;;
        panel) echo Mom.Panel ;;
        math-service) echo Mom.MathService ;;
        deployer | db-worker | math-worker) echo Mom.Workers ;;
        *) return 1 ;;
    esac
}

# variables_of SERVICE: its environment as lines for a shell, with the address where the others look for it; a free port where nobody does.
variables_of() {
    local url
    environment_of "$1" || return 1
    url=$(resources | awk -F'\t' -v name="$1" '$2 == name { print $7; exit }' | grep -oE '^https?://[^/]*' || true)
    case "$1" in
        api | socket | panel | math-service) [ -n "$url" ] || { complain "$1 is stopped: start it first, so that its address is known"; return 1; } ;;
        *) url=http://127.0.0.1:0 ;;
    esac
    echo "export ASPNETCORE_URLS='$url'"
}

# write_variables FILE LINES: as NAME=value, which debuggers read. Passwords are among them.
write_variables() {
    mkdir -p "$(dirname "$1")"
    (umask 077 && env -i bash --noprofile --norc -c "$2"$'\nexec env' | grep -vE '^(PWD|SHLVL|OLDPWD|_)=' >"$1.new")
    mv "$1.new" "$1"
}
