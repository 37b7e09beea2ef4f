# The screens of Postgres (Adminer, from Debian) and Redis (Redis Commander, from npm). The system runs without them.

redis_commander_version=0.9.0

want_screens() {
    in_turn install_screens || true
}

install_screens() {
    if [ -z "$(missing_packages tables)" ]; then
        :
    elif is_debian && may_install; then
        ( install_packages tables ) || true
    else
        say 'No screen of Postgres: Adminer comes from the Debian packages adminer, php-cgi, php-cli and php-pgsql. Going on without it'
    fi
    [ -e "$root/.mom/tools/node_modules/redis-commander" ] || install_from_npm 'screen of Redis' "redis-commander@$redis_commander_version"
}
