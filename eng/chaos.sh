# ./mom chaos: break a private system at random while it works, and count afterwards.

chaos() {
    need_sdk
    need_packages servers
    # On the error stream: the output is the ledger's.
    build_all >&2 || exit 1
    exec dotnet "$root/Mom.Chaos/bin/$configuration/net10.0/Mom.Chaos.dll" "$@"
}
