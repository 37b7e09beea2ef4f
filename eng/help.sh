# ./mom help, ./mom COMMAND --help, and what to say to a word that is no command.

commands='up down status logs stop start restart rebuild run env dead sandbox reset test bench chaos publish doctor help'

is_command() { [[ " $commands " = *" $1 "* ]]; }

unknown_command() {
    local similar
    similar=$(most_similar "$1")
    misuse "There is no command '$1'.${similar:+ Did you mean: ./mom $similar ?} All commands: ./mom help"
}

# The command with the smallest edit distance, if that is small enough to have been meant.
most_similar() {
    # shellcheck disable=SC2086 # Words.
    printf '%s\n' $commands | awk -v word="$1" '
        function least(a, b) { return a < b ? a : b }
        function distance(a, b,    i, j, d, change) {
            for (i = 0; i <= length(a); i++) d[i, 0] = i
            for (j = 0; j <= length(b); j++) d[0, j] = j
            for (i = 1; i <= length(a); i++)
                for (j = 1; j <= length(b); j++) {
                    change = d[i - 1, j - 1] + (substr(a, i, 1) != substr(b, j, 1))
                    d[i, j] = least(change, least(d[i - 1, j], d[i, j - 1]) + 1)
                }
            return d[length(a), length(b)]
        }
        { d = (index($0, word) == 1) ? 0 : distance(word, $0); if (NR == 1 || d < best) { best = d; found = $0 } }
        END { if (best <= 2) print found }'
}

help_of() {
    case "$1" in
        up) cat <<'TEXT' ;;
./mom up [--detach] [--servers auto|container|native] [--data-only] [--screens] [--replicas WORKER=N] [--port-offset N]

Does whatever set-up is missing, builds, and runs the AppHost: RabbitMQ, Postgres, Redis, the Aspire dashboard, and all services.
Says what is healthy and where, and at once what does not start and why. Ctrl-C stops everything.

  --detach          return when everything is healthy and go on in the background; stop it with ./mom down
  --servers KIND    where the servers come from: containers (docker or podman), or native processes, installed if need be
                    (auto: containers where a container runtime answers; connection strings that are configured go before both)
  --data-only       RabbitMQ, Postgres and Redis only
  --screens         native servers: also Adminer for Postgres and Redis Commander for Redis, where they can be installed
  --replicas W=N    N processes of a worker (db-worker, math-worker); 2 when nothing is said
  --port-offset N   add N (0 to 46000) to every port, for a second clone beside the first
TEXT
        down) cat <<'TEXT' ;;
./mom down

Stops everything and returns when no process is left. Data stays: see ./mom reset.
TEXT
        status) cat <<'TEXT' ;;
./mom status [--json]

How every server and service is, and where. Exit code 0: all healthy; 1: something is not; 3: nothing is running.
TEXT
        logs) cat <<'TEXT' ;;
./mom logs SERVICE [-f]

What a server or service has written since it was brought up; with -f also what it writes from now on.
TEXT
        stop | start | restart) cat <<TEXT ;;
./mom $1 SERVICE

One server or service: $1 it and wait until that is done. The names are those of ./mom status.
TEXT
        rebuild) cat <<'TEXT' ;;
./mom rebuild SERVICE

Builds the project of the service and starts it again.
TEXT
        run) cat <<'TEXT' ;;
./mom run SERVICE [NAME=VALUE ...] [--prepare FILE]

Builds the service and runs it as a process of this terminal until Ctrl-C, with the environment that the AppHost gives its own. A worker takes
the place of the AppHost's, which is stopped meanwhile; any other runs beside it, at a port that is 10,000 higher.
SERVICE: math-service deployer db-worker math-worker api socket panel

  NAME=VALUE       another value for a variable, such as services__api__http__0=http://127.0.0.1:17070 for the panel
  --prepare FILE   do not run it; write its environment to FILE as lines NAME=value for a debugger. Passwords are among them
TEXT
        env) cat <<'TEXT' ;;
./mom env [SERVICE]

Lines for a shell to source, as in: eval "$(./mom env api)". The variables of a running service, for a debugger that takes its place;
without a name, how the running servers are reached. Passwords are among them.
TEXT
        dead) cat <<'TEXT' ;;
./mom dead list [queue=Q] [type=T] [exception=E] [text=T] [from=TIME] [to=TIME] [state=dead|replayed|discarded]
./mom dead show ID
./mom dead replay ID       ./mom dead replay [queue=Q] [type=T] ... [now]
./mom dead discard ID WHY  ./mom dead discard [queue=Q] [type=T] ... reason=WHY [now]

Looks through the messages that could not be handled, sends them to their queues once more, or gives them up. Many at once: without
"now" it only says which. More in docs/dead-letters.md.
TEXT
        sandbox) cat <<'TEXT' ;;
./mom sandbox [NAME [ARGUMENT ...]]

Runs an experiment of the folder sandbox/ on the servers that ./mom up has started; without a name, lists them. The end of a name will do
where no other has it: ./mom sandbox priority is rabbitmq/priority/priority.
TEXT
        reset) cat <<'TEXT' ;;
./mom reset [--yes]

Deletes the data of RabbitMQ, Postgres and Redis of this clone: those of the native servers in .mom/servers, and the volumes of its
containers. Other clones, other containers and the passwords are left alone. Refuses while it runs. Asks first, unless --yes.
TEXT
        test) cat <<'TEXT' ;;
./mom test [unit|broker|system|browser|security|aspire|docs|faults | --prepare]

Does whatever set-up the tests need, builds, and runs them all or one group, on private servers and free ports: a running
./mom up is not touched. The last line is "N passed, N failed" (", N skipped" when some were).

  --prepare    only the set-up and the build

The fuzzers among the tests of security take five seconds each, or as many as MOM_FUZZ_SECONDS says; MOM_FUZZ_SEED repeats a run.
TEXT
        bench) cat <<'TEXT' ;;
./mom bench [NAME...] [--rounds N] [--quick] [--no-peers] [--json [FILE]]
./mom bench capacity [--requests N] [--background N] [--service-ms N] [--steps N]

Measures the engine against the raw broker client and against its peers, in turns, on a broker and a database of its own.
Every message is counted. What the names mean, and what came out: docs/benchmarks.md.

  NAME              publish publish-one publish-quorum consume consume-quorum consume-deep retry rpc rpc-16 rpc-64 rpc-backlog
                    outbox-write outbox-relay inbox price system growth sockets soak; without one, all (an hour)
  --rounds N        rounds that count, 1 to 100; default 5
  --no-peers        without MassTransit and Wolverine
  --quick           3 rounds, and shorter ones of the whole system
  --json [FILE]     the results as JSON, into a file, with a picture of them (SVG) beside it, or in place of the tables; progress goes to the
                    other output

capacity calculates how many replicas of the workers a load takes, without any server. The load is given per second:
--requests (somebody waits), --background (nobody does), --steps (of math jobs); --service-ms is the db worker's time for one.
TEXT
        chaos) cat <<'TEXT' ;;
./mom chaos [--minutes N] [--faults a,b] [--seed S] [--rate R] [--json]

Starts a private system on free ports, works it with registrations, logins, jobs and reads, breaks it at random times, waits
until it is quiet, and prints the ledger: what clients were promised against what is there. Exit code 1 on any loss.

  --minutes N    how long the load runs (default 2)
  --faults a,b   only these; a name that does not exist lists them all
  --seed S       the same seed gives the same schedule of faults
  --rate R       requests each second (default 10)
  --json         the ledger as JSON; progress goes to the error stream
TEXT
        publish) cat <<'TEXT' ;;
./mom publish compose|kubernetes|azure [--output DIR]

Publishes the model of the Aspire AppHost. Needs NuGet packages that nothing else needs, and restores them first.

  compose           docker-compose.yaml and .env
  kubernetes        a Helm chart
  azure             runs azd up, which deploys to Azure Container Apps; with --output it only writes the Bicep files
  --output DIR      where the files go; default .mom/published/TARGET

What each of them needs, and how it goes on: docs/deploy.md
TEXT
        doctor) cat <<'TEXT' ;;
./mom doctor [--port-offset N]

What is here, what is missing or in the way (SDK, servers or a container runtime, browser, certificate, disk, ports), and the command
that mends it. Exit code 1 when something that ./mom up or ./mom test needs is missing; what is optional says so.
TEXT
        *) cat <<'TEXT' ;;
./mom COMMAND        the one command of this repository; more about each: ./mom COMMAND --help

  up                 bring everything up        [--detach] [--servers KIND] [--data-only] [--screens] [--replicas W=N] [--port-offset N]
  down               stop everything
  status [--json]    how everything is, and where
  logs SERVICE [-f]  what a server or service writes
  stop SERVICE       stop one
  start SERVICE      start one that was stopped
  restart SERVICE    stop and start one
  rebuild SERVICE    build one from source and restart it
  run SERVICE        run one in this terminal, until Ctrl-C
  env [SERVICE]      the environment variables of one, or how the servers are reached, for a shell to source
  dead list|show|replay|discard   look through dead letters, and decide about them
  sandbox [NAME]     run an experiment on the running broker, or list them
  reset [--yes]      delete all data of this clone
  test [GROUP]       set up, build and run the tests: unit, broker, system, browser, security, aspire, docs, faults, or all
  bench [NAME...]    measure the engine against the raw client and its peers; bench capacity: how many replicas it takes
  chaos              break a private system under load and count what is lost
  publish TARGET     write the files of a deployment: compose, kubernetes or azure   [--output DIR]
  doctor             what is installed, what is missing, and how to mend it

SERVICE: rabbitmq postgres redis math-service db-worker math-worker api socket panel, and what else ./mom status shows
TEXT
    esac
}
