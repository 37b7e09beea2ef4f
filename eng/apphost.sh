# Talking to the AppHost, by the aspire CLI: a .NET tool of this repository (.config/dotnet-tools.json).

apphost=$root/Mom.AppHost/Mom.AppHost.csproj
export ASPIRE_CLI_TELEMETRY_OPTOUT=1

# aspire COMMAND [ARGUMENT...]: what stands after -- goes on to the AppHost or to a command of a resource.
aspire() {
    local command=$1 log=$root/.mom/tools.log
    shift
    need_sdk
    if [ ! "$root/.mom/tools-restored" -nt "$root/.config/dotnet-tools.json" ]; then
        in_turn restore_tools || fail "The aspire CLI could not be restored: see $log"
    fi
    (cd "$root" && NO_COLOR=1 dotnet aspire "$command" --apphost "$apphost" --non-interactive --nologo "$@" 2>&1)
}

restore_tools() {
    new_log "$root/.mom/tools.log"
    (cd "$root" && dotnet tool restore) >"$root/.mom/tools.log" 2>&1 </dev/null && touch "$root/.mom/tools-restored"
}

# Everything that the running AppHost knows of its resources, as JSON; fails when none is running.
resources_json() { aspire describe --format Json | sed -n '/^{/,$p' | grep . ; }

# resources: a line for each server and service: instance, name, type, state, health, exit code and first address, parted by tabs.
resources() {
    resources_json | awk '
        function value(line) { sub(/^[^:]*: *"?/, "", line); sub(/"?,?$/, "", line); return line }
        /^      "name":/         { name = value($0); display = type = state = health = code = url = "" }
        /^      "displayName":/  { display = value($0) }
        /^      "resourceType":/ { type = value($0) }
        /^      "state":/        { state = value($0) }
        /^      "healthStatus":/ { health = value($0) }
        /^      "exitCode":/     { code = value($0) }
        /^          "url":/      { if (url == "") url = value($0) }
        /^    }/ { if (type != "Parameter") print name "\t" display "\t" type "\t" state "\t" (health == "" ? "-" : health) "\t" (code == "" ? "-" : code) "\t" (url == "" ? "-" : url) }'
}

# As a condition on a line of resources: it runs and no check says otherwise.
# shellcheck disable=SC2016 # These are fields of awk.
is_well='($4 == "Running" && $5 != "Unhealthy" && $5 != "Degraded")'

# instances NAME: the processes of a server or service, as the AppHost calls them.
instances() { resources | awk -F'\t' -v name="$1" '$2 == name || $1 == name { print $1 }'; }

need_instances() {
    local found
    found=$(instances "$1")
    [ -n "$found" ] || fail "$(resources >/dev/null 2>&1 && echo "There is no server or service '$1': see ./mom status" || echo 'Nothing is running. Start it with: ./mom up')"
    echo "$found"
}

# What still runs of this clone: services from their build output, servers in their data directories.
our_processes() {
    local process
    if [ -d /proc/self ]; then
        for process in /proc/[0-9]*; do
            # Not of this shell: the words that are looked for are not in its command line, but in that of an editor they may be.
            case "$(tr '\0' ' ' 2>/dev/null <"$process/cmdline" || true)" in
                "$root"/Mom.*/bin/* | */run-server*"$root"/.mom/servers/* | *"$root"/.mom/servers/*) echo "${process#/proc/}" ;;
            esac
        done
    else
        # shellcheck disable=SC2009 # pgrep of macOS shows no command lines.
        ps -axo pid=,command= | grep -E "$root/(Mom\.[A-Za-z]+/bin|\.mom/servers)/" | grep -v grep | awk '{ print $1 }'
    fi
}
