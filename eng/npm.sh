# Programs from npm, into .mom/tools. None of them is needed: what goes wrong here is one line and no failure.

# install_from_npm WHAT PACKAGE
install_from_npm() {
    local what=$1 package=$2
    if ! npm_program >/dev/null && is_debian && may_install; then
        ( install_packages npm ) || true
    fi
    if ! npm_program >/dev/null; then
        say "No $what: it comes from npm, which is not installed. Install it with: $(install_command "$(missing_packages npm)"). Going on without it"
        return 1
    fi
    say "Installing the $what ($package from npm, into .mom/tools)"
    mkdir -p "$root/.mom/tools"
    # They are saved in .mom/tools/package.json: npm takes away what it does not find on that list.
    if ! with_limit 240 npm install --prefix "$root/.mom/tools" --save-exact --no-audit --no-fund --loglevel=error "$package" >"$root/.mom/npm.log" 2>&1 </dev/null; then
        say "No $what: npm could not install $package (see .mom/npm.log). Going on without it"
        return 1
    fi
}
