# Aspire: its NuGet packages, which not every package source has, and its dashboard, which comes from npm.

aspire_cli_version=13.5.4
aspire_answer=$root/.mom/use-aspire-packages

aspire_version() { sed -n 's:.*<AspireVersion>\(.*\)</AspireVersion>.*:\1:p' "$root/Directory.Packages.props"; }

# Sets UseAspirePackages for every build that follows. The answer is looked for once and remembered.
choose_aspire_packages() {
    [ -z "${UseAspirePackages:-}" ] || { export UseAspirePackages; return 0; }
    if ! grep -qs " $(aspire_version)\$" "$aspire_answer"; then
        in_turn try_aspire_packages
    fi
    UseAspirePackages=$(cut -d' ' -f1 "$aspire_answer")
    export UseAspirePackages
}

try_aspire_packages() {
    local version log=$root/.mom/aspire-restore.log answer=true
    version=$(aspire_version)
    # Another ./mom was faster.
    ! grep -qs " $version\$" "$aspire_answer" || return 0
    say "Looking whether Aspire's packages ($version) can be restored here"
    # The solution itself: a source may have some of the packages, or only those of another version.
    with_limit 300 dotnet restore "$root/Mom.sln" -p:UseAspirePackages=true --disable-build-servers >"$log" 2>&1 </dev/null || answer=false
    echo "$answer $version" >"$aspire_answer"
    if [ "$answer" = true ]; then
        say 'They can: the services use the Aspire client integrations'
    else
        say "They cannot ($(grep -oE '(NU|MSB)[0-9]+: [^[]*' "$log" | head -n 1 | sed 's:\. .*::' || true)): the services use the same clients without them. To ask again: rm $aspire_answer"
    fi
}

aspire_platform() {
    local system=linux machine=x64
    is_mac && system=darwin
    case "$(uname -m)" in arm64 | aarch64) machine=arm64 ;; esac
    echo "$system-$machine"
}

aspire_cli() { first_of "$root/.mom/tools/node_modules/@microsoft/aspire-cli-$(aspire_platform)/bin/aspire"; }

# The system runs without the dashboard too: what goes wrong here is one line and no failure.
want_dashboard() {
    aspire_cli >/dev/null || in_turn install_aspire_cli || true
}

install_aspire_cli() {
    ! aspire_cli >/dev/null || return 0
    install_from_npm 'Aspire dashboard' "@microsoft/aspire-cli-$(aspire_platform)@$aspire_cli_version"
}
