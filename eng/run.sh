# ./mom run: one service as a process of this terminal, with the environment that the AppHost gives it.

run_service() {
    local service=${1:-} file='' project variables changes=''
    case "$service" in
        '') misuse 'run needs the name of a service: see ./mom help run' ;;
        -*) misuse "run has no option $service: see ./mom help run" ;;
    esac
    shift
    while [ $# -gt 0 ]; do
        case "$1" in
            --prepare) [ $# -gt 1 ] || misuse '--prepare needs a file: see ./mom help run'; file=$2; shift ;;
            [A-Za-z]*=*) changes+=$(printf '\nexport %s=%q' "${1%%=*}" "${1#*=}") ;;
            *) misuse "run has no option $1: see ./mom help run" ;;
        esac
        shift
    done
    project=$(project_of "$service") || misuse "run starts a service of this repository, not '$service': math-service deployer db-worker math-worker api socket panel"
    need_sdk
    if variables=$(variables_of "$service"); then
        variables+=$changes
        if [ -n "$file" ]; then write_variables "$file" "$variables"; fi
    elif [ ! -f "$file" ]; then
        # It was stopped before; what a debugger was given the last time still holds.
        exit 1
    fi
    [ -n "$file" ] || build_once "$project" "$project" "$root/$project/bin/$configuration/net10.0/$project.dll" || exit 1
    # Workers of both would share the messages of one queue.
    ! is_worker "$service" || one_resource stop "$service" >/dev/null
    if [ -n "$file" ]; then
        say "The environment of $service is in $file"
        return
    fi
    say "$service runs here until Ctrl-C$(sed -n "s/^export ASPNETCORE_URLS='\(.*:[0-9]\{2,\}\)'$/, at \1/p" <<<"$variables")"
    # A signal ends the service first, and then this: a worker that was stopped is to come back in each case.
    trap ':' INT TERM
    (
        trap - INT TERM
        cd "$root/$project" || exit 1
        eval "$variables"
        exec dotnet "$root/$project/bin/$configuration/net10.0/$project.dll"
    ) || true
    ! is_worker "$service" || one_resource start "$service"
}

is_worker() { case "$1" in deployer | db-worker | math-worker) true ;; *) false ;; esac; }

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

# variables_of SERVICE: its environment as lines for a shell. Its address is 10,000 above the AppHost's, whose proxy holds that one.
variables_of() {
    local port
    environment_of "$1" || return 1
    port=$(resources | awk -F'\t' -v name="$1" '$2 == name { print $7; exit }' | sed -n 's#^https\{0,1\}://[^/]*:\([0-9]*\).*#\1#p')
    if is_worker "$1" || [ -z "$port" ]; then
        echo "export ASPNETCORE_URLS='http://127.0.0.1:0'"
    else
        echo "export ASPNETCORE_URLS='http://127.0.0.1:$((port + 10000))'"
    fi
}

# write_variables FILE LINES: as NAME=value, which debuggers read. Passwords are among them.
write_variables() {
    mkdir -p "$(dirname "$1")"
    (umask 077 && env -i bash --noprofile --norc -c "$2"$'\nexec env' | grep -vE '^(PWD|SHLVL|OLDPWD|_)=' >"$1.new")
    mv "$1.new" "$1"
}
