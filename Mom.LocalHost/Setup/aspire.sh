# Aspire's dashboard and CLI, from npm.

aspire_cli_version=13.5.4
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
