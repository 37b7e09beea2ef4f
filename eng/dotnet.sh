# The .NET SDK. Settings that keep it from leaving processes behind or writing home.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1

# The install script puts the SDK there and not on PATH.
if ! command -v dotnet >/dev/null 2>&1 && [ -x "$HOME/.dotnet/dotnet" ]; then
    export PATH="$HOME/.dotnet:$PATH"
fi

wanted_sdk() { sed -n 's/.*"version": *"\([0-9.]*\)".*/\1/p' "$root/global.json" | head -n 1; }

# Prints the version of the SDK that global.json leads to; fails when there is none.
found_sdk() { command -v dotnet >/dev/null 2>&1 && (cd "$root" && dotnet --version 2>/dev/null); }

installed_sdks() { { dotnet --list-sdks 2>/dev/null || true; } | cut -d' ' -f1 | paste -sd' ' -; }

need_sdk() {
    local version
    version=$(wanted_sdk)
    found_sdk >/dev/null || fail "The .NET SDK ${version%.*.*}.0 ($version or a later ${version%%.*}.0 feature band) is needed; found: $(installed_sdks | sed 's/^$/none/'). Get it at https://dot.net/download"
}
