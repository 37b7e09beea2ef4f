# ./mom bench: the engine against the raw client and its peers, on servers of its own; and a calculation of capacity.

bench() {
    need_sdk
    # Optimised, as a service would run; beside the Debug build that everything else uses.
    configuration=Release
    local program=$root/Mom.Bench/bin/$configuration/net10.0/Mom.Bench.dll
    [ "${1:-}" = capacity ] || need_packages servers
    build_once bench Mom.Bench "$program" >&2 || exit 1
    exec dotnet "$program" "$@"
}
