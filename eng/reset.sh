# ./mom reset: deletes the data of this clone's servers, and nothing else.

reset() {
    local yes='' answer folder=$root/.mom/servers engine volumes=''
    while [ $# -gt 0 ]; do
        case "$1" in
            --yes | -y) yes=yes ;;
            *) misuse "reset has no option $1: see ./mom help reset" ;;
        esac
        shift
    done
    ! resources >/dev/null 2>&1 || fail 'It is running. Stop it first: ./mom down'
    if engine=$(has_container_runtime); then
        volumes=$(our_volumes "$engine")
    fi
    if [ -z "$yes" ]; then
        [ -t 0 ] || misuse 'reset deletes all data and asks first; without a terminal say: ./mom reset --yes'
        read -r -p "Delete all data of this clone: $folder${volumes:+ and the volumes $volumes}? [y/N] " answer
        [[ $answer = [yY]* ]] || fail 'Nothing was deleted.'
    fi
    # Under root, where the user postgres cannot get into this clone, its data are there.
    rm -rf "$folder" "/var/tmp/postgres-$(sha256 "$folder/postgres" | cut -c1-12)"
    # shellcheck disable=SC2086 # Several names, none with a space.
    [ -z "$volumes" ] || "$engine" volume rm $volumes >/dev/null || fail "$engine could not delete the volumes $volumes: see above"
    say "Deleted: the data of the native servers${volumes:+, and the volumes $volumes}. Passwords are kept; the next ./mom up has empty servers"
}

# our_volumes ENGINE: those of this clone alone. Aspire names them by the AppHost and a hash of the path of its project:
# https://github.com/microsoft/aspire/blob/main/src/Aspire.Hosting/VolumeNameGenerator.cs
our_volumes() { "$1" volume ls --quiet 2>/dev/null | grep -E "^$(volume_prefix | sed 's/\./\\./g')-(rabbitmq|postgres|redis)-data$" | paste -sd' ' - || true; }

volume_prefix() { echo "mom.apphost-$(sha256 "$(tr '[:upper:]' '[:lower:]' <<<"$apphost")" | cut -c1-10)"; }

sha256() { printf %s "$1" | { sha256sum 2>/dev/null || shasum -a 256; } | cut -d' ' -f1; }
