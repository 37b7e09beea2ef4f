# ./mom dead: dead letters at a command line, as the administrator of the system that is up.

dead() {
    local program=$root/Mom.Admin/bin/$configuration/net10.0/Mom.Admin.dll account
    need_sdk
    account=$(environment_of deployer | grep '^export Admin__') || exit 1
    MOM_API_URL=$(resources | awk -F'\t' '$2 == "api" { print $7; exit }' | sed 's:^\(https\{0,1\}\://[^/]*\).*:\1:')
    build_once admin Mom.Admin "$program" >&2 || exit 1
    eval "$account"
    export MOM_API_URL
    exec dotnet "$program" "$@"
}
