# ./mom publish: the files of a deployment, or with azd the deployment itself, from the model of the AppHost.

publish() {
    local target='' output=''
    while [ $# -gt 0 ]; do
        case "$1" in
            --output | -o) [ -n "${2:-}" ] || misuse "$1 needs a folder: see ./mom help publish"; output=$2; shift ;;
            --output=?*) output=${1#--output=} ;;
            -*) misuse "publish has no option $1: see ./mom help publish" ;;
            *) [ -z "$target" ] || misuse "publish takes one target at a time, not also $1"; target=$1 ;;
        esac
        shift
    done
    case "$target" in
        compose | kubernetes | azure) ;;
        '') misuse 'publish needs a target: compose, kubernetes or azure' ;;
        *) misuse "There is no target '$target': it is compose, kubernetes or azure" ;;
    esac
    local with_azd=''
    [ "$target" != azure ] || [ -n "$output" ] || with_azd=yes
    [ -z "$with_azd" ] || command -v azd >/dev/null 2>&1 ||
        fail 'azd, the Azure Developer CLI, is not installed: get it at https://aka.ms/azd-install, or write the Bicep files only: ./mom publish azure --output DIR'

    need_sdk
    # azd builds the AppHost by itself and hands nothing on but the environment.
    export MomPublish=true Publish__Target=$target
    in_turn restore_publishing || exit 1
    if [ -n "$with_azd" ]; then
        say 'azd asks for a name, a region, and how the servers are reached: momdb-connection, redis-connection, rabbitmq-connection, rabbitmq-management-url'
        say 'What they look like: docs/deploy.md. Not logged in yet? azd auth login'
        cd "$root" || exit 1
        exec azd up
    fi
    in_turn build_publishing || exit 1
    output=${output:-$root/.mom/published/$target}
    # The same as `aspire publish`, without the Aspire CLI. A parameter that has no value stays empty in the files: nobody is here to be
    # asked for it, so the AppHost would wait for ever, and no warning with a stack trace has to tell.
    ASPIRE_INTERACTIVITY_ENABLED=false dotnet "$root/Mom.AppHost/bin/$configuration/net10.0/Mom.AppHost.dll" \
        --operation publish --step publish --output-path "$output" --Logging:LogLevel:Aspire.Hosting.ParameterProcessor=Error </dev/null ||
        fail "Nothing was published to $target: see above."
    say "Published to $output. How it goes on: docs/deploy.md"
}

restore_publishing() {
    local log=$root/.mom/restore-publishing.log missing
    say 'Restoring the packages for publishing'
    new_log "$log"
    # In English, so that the name can be found in the message.
    ! DOTNET_CLI_UI_LANGUAGE=en dotnet restore "$apphost" >"$log" 2>&1 </dev/null || return 0
    # NU1101, NU1102: Unable to find package NAME. ... or Unable to find package NAME with version ...
    missing=$(sed -n 's/.*Unable to find package \([A-Za-z0-9.]*[A-Za-z0-9]\).*/\1/p' "$log" | sort -u | paste -sd' ' -)
    [ -n "$missing" ] || tail -n 15 "$log" >&2
    fail "Publishing needs packages that could not be restored${missing:+, because no package source has them: $missing} (the log is $log)"
}

build_publishing() {
    # This build stands where the ordinary one does; that one is to be built again, and not to be taken for built.
    rm -f "$root/.mom/built-all" "$root/.mom/built-apphost"
    say 'Building Mom.AppHost with the targets'
    dotnet build "$apphost" --no-restore -c "$configuration" -v m -nologo -clp:NoSummary --disable-build-servers </dev/null ||
        fail 'Mom.AppHost does not build: see the errors above.'
}
