# Building, and not building when nothing has changed.

configuration=Debug

# build_once NAME PROJECT PROBE: builds the project unless its last good build is newer than every source.
build_once() { in_turn build_in_turn "$@"; }

build_in_turn() {
    local name=$1 project=$2 probe=$3 stamp=$root/.mom/built-$1 folder
    if is_built "$stamp" "$probe"; then
        return 0
    fi
    say "Building $project (the first time takes a minute)"
    # The stamp is as old as the start of the build: a source that is saved meanwhile is newer. Folders that the build would
    # make are made before, as they would change the folders around them.
    for folder in "$root"/Mom.*/; do mkdir -p "$folder/bin" "$folder/obj"; done
    build_key >"$stamp.new"
    # No build servers: they would stay behind as processes of ours.
    if ! dotnet build "$root/$project" -c "$configuration" -v m -nologo -clp:NoSummary --disable-build-servers </dev/null; then
        rm -f "$stamp" "$stamp.new"
        complain "$name does not build: see the errors above."
        return 1
    fi
    mv "$stamp.new" "$stamp"
}

build_key() { echo "configuration=$configuration sdk=$(found_sdk) publish=${MomPublish:-false}"; }

is_built() {
    local stamp=$1 probe=$2
    [ -f "$stamp" ] && [ -f "$probe" ] && [ "$(cat "$stamp")" = "$(build_key)" ] || return 1
    # Directories too: they change when a file is added or deleted. The root itself changes with .mom and tells nothing.
    [ -z "$(find "$root" -mindepth 1 \( -name .git -o -name .mom -o -name bin -o -name obj -o -name node_modules -o -name docs -o -name eng \) -prune \
        -o -newer "$stamp" \( -type d -o -name '*.cs*' -o -name '*.razor*' -o -name '*.props' -o -name '*.targets' -o -name '*.json' -o -name '*.js' -o -name '*.css' -o -name '*.svg' -o -name '*.sln' -o -name .editorconfig \) -print 2>/dev/null | head -n 1)" ]
}

build_all() { build_once all Mom.sln "$root/Mom.Panel/bin/$configuration/net10.0/Mom.Panel.dll"; }
