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
    local version probe answer=true
    version=$(aspire_version)
    # Another ./mom was faster.
    ! grep -qs " $version\$" "$aspire_answer" || return 0
    probe=$root/.mom/aspire-probe
    say "Looking whether Aspire's packages ($version) can be restored here"
    rm -rf "$probe" && mkdir -p "$probe"
    # Of its own, so that nothing of the solution is in it.
    echo '<Project />' | tee "$probe/Directory.Build.props" "$probe/Directory.Packages.props" >"$probe/Directory.Build.targets"
    cat >"$probe/Probe.csproj" <<-PROJECT
		<Project Sdk="Microsoft.NET.Sdk">
		  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
		  <ItemGroup><PackageReference Include="Aspire.Hosting.AppHost" Version="$version" /></ItemGroup>
		</Project>
	PROJECT
    with_limit 180 dotnet restore "$probe/Probe.csproj" --disable-build-servers >"$probe/log" 2>&1 </dev/null || answer=false
    echo "$answer $version" >"$aspire_answer"
    if [ "$answer" = true ]; then
        say 'They can: the services use the Aspire client integrations'
    else
        say "They cannot ($(grep -o 'NU[0-9]*: [^[]*' "$probe/log" | head -n 1 | sed 's:\. .*::' || true)): the services use the same clients without them. To ask again: rm $aspire_answer"
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
    local package
    package=@microsoft/aspire-cli-$(aspire_platform)@$aspire_cli_version
    ! aspire_cli >/dev/null || return 0
    if ! npm_program >/dev/null && is_debian && may_install; then
        ( install_packages npm ) || true
    fi
    if ! npm_program >/dev/null; then
        say "No Aspire dashboard: it comes from npm, which is not installed. Install it with: $(install_command "$(missing_packages npm)"). Going on without it"
        return 1
    fi
    say "Installing the Aspire dashboard ($package from npm, into .mom/tools)"
    mkdir -p "$root/.mom/tools"
    if ! with_limit 240 npm install --prefix "$root/.mom/tools" --no-save --no-audit --no-fund --loglevel=error "$package" >"$root/.mom/npm.log" 2>&1 </dev/null; then
        say "No Aspire dashboard: npm could not install $package (see .mom/npm.log). Going on without it"
        return 1
    fi
}
