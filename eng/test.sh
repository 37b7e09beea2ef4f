# ./mom test: set-up, build, run, and one line that says how it went.

test_results=$root/.mom/test-results

# Three lanes, each a process of its own, run at the same time: much of the time a test waits for a server to start or to stop.
# The faults break a system of their own, others that start systems of their own go with those of the engine on bare servers, and all else shares one system.
# The lanes should take equally long: Lane=faults sends a class to the faults, where a second system is shared by those that need one.
faults='Group=faults' with_faults='Lane=faults' engine='Group=broker' own_system='System=own'

run_tests() {
    local group=${1:-}
    if [ "$group" = --prepare ]; then
        prepare_tests
        return
    fi
    [[ $group != -* ]] || misuse "test has no option $group: see ./mom help test"

    if ! prepare_tests; then
        echo '0 passed, 0 failed'
        exit 1
    fi

    local results
    results=$test_results/$(date +%Y%m%d-%H%M%S)-$$
    # What services wrote may be in it.
    mkdir -p "$test_results" && chmod 700 "$test_results"
    mkdir -p "$results"
    if [ -n "$group" ]; then
        run_lane "$results/tests.trx" -trait "Group=$group"
    else
        # A picture of a page takes as long as its test, and nobody looks at those of all tests.
        export MOM_PICTURES=none
        run_lane "$results/faults.trx" -trait "$faults" -trait "$with_faults" &
        run_lane "$results/servers.trx" -trait "$engine" -trait "$own_system" -trait- "$faults" -trait- "$with_faults" &
        run_lane "$results/shared-system.trx" -trait- "$faults" -trait- "$with_faults" -trait- "$engine" -trait- "$own_system"
        wait
    fi
    keep_newest_results
    conclude "$results" "$group"
}

# Seconds without a test that begins or ends, after which a lane counts as stuck. The longest test takes some minutes.
lane_patience=900

# run_lane TRX FILTER...: the test project is a program that runs itself. -reporter verbose: a line as each test starts and ends.
run_lane() {
    local trx=$1 result=0 log=${1%.trx}.log lane tests helpers
    shift
    lane=$(basename "$trx" .trx)
    export MOM_TEST_LANE=$lane
    # Most of the processor time of the tests is that of services that start: code that is compiled once more, better, would not be used for long enough,
    # nor would a heap for each processor. Measured with 13 tests of the group system: 117 s of processor time without these settings, 59 s with them.
    export DOTNET_TieredPGO=0 DOTNET_TC_CallCounting=0 DOTNET_gcServer=0 DOTNET_gcConcurrent=0
    # A shell in the background hands on an ignored SIGINT, and no process that the tests start could be stopped by Ctrl-C.
    local interruptible=()
    ! env --default-signal=INT true 2>/dev/null || interruptible=(env --default-signal=INT)
    # To a file, not to a pipe: what a test leaves behind would hold a pipe open, and the lane would never end.
    : >"$log"
    ${interruptible[@]+"${interruptible[@]}"} dotnet "$root/Mom.Tests/bin/$configuration/net10.0/Mom.Tests.dll" -noLogo -noColor \
        -reporter verbose -result-trx "$trx" "$@" </dev/null >>"$log" 2>&1 &
    tests=$!
    # Ctrl-C is for the tests: they end in good order, and what they say last is still shown.
    (trap '' INT && exec tail -n +1 -f "$log") &
    helpers=$!
    (trap '' INT && watch_lane "$tests" "$log") &
    helpers="$helpers $!"
    trap : INT
    while kill -0 "$tests" 2>/dev/null; do
        result=0
        wait "$tests" || result=$?
    done
    trap - INT
    echo "$result" >"$trx.exit"
    # tail looks at the file each second.
    sleep 2
    # shellcheck disable=SC2086
    kill $helpers 2>/dev/null || true
    # shellcheck disable=SC2086
    wait $helpers 2>/dev/null || true
}

# watch_lane PID LOG: ends a lane that is stuck, and names the tests that it is stuck in: otherwise nobody would ever learn which.
watch_lane() {
    local tests=$1 log=$2 seen='' now quiet=0
    while kill -0 "$tests" 2>/dev/null; do
        sleep 5
        now=$(grep -cE '\[(STARTING|FINISHED)\]' "$log" || true)
        if [ "$now" != "$seen" ]; then
            seen=$now quiet=0
            continue
        fi
        quiet=$((quiet + 5))
        if [ "$quiet" -eq "$lane_patience" ]; then
            # This stands in the log of the lane, where a failure outside of tests is looked for.
            { printf '\n[FATAL] Stuck: for %s minutes no test has begun or ended. Begun and not ended:\n' $((lane_patience / 60)); unfinished "$log"; } | tee -a "$log" >/dev/null
            kill -INT "$tests" 2>/dev/null || true
        elif [ "$quiet" -ge $((lane_patience + 60)) ]; then
            kill -KILL "$tests" 2>/dev/null || true
        fi
    done
}

# unfinished LOG: the tests that have begun and not ended.
unfinished() {
    awk '
        / \[STARTING\]$/ { sub(/ \[STARTING\]$/, ""); open[$0] = 1 }
        / \[FINISHED\]/ { sub(/ \[FINISHED\].*$/, ""); delete open[$0] }
        END { for (test in open) print test }' "$1"
}

prepare_tests() {
    # In a subshell: whatever gives up in there must not keep the last line from being written.
    ( need_sdk && need_packages servers browser ) || return 1
    # A test on a worker in Python is skipped without it.
    ! { is_debian && may_install; } || ( need_packages python ) || true
    build_all || return 1
    MOM_CHROMIUM=$(browser_program)
    export MOM_CHROMIUM
}

keep_newest_results() {
    # shellcheck disable=SC2012
    ls -1d "$test_results"/*/ 2>/dev/null | sort -r | tail -n +6 | while read -r old; do rm -rf "$old"; done
}

# conclude RESULTS GROUP: the counts are those of the reports of all lanes, and nothing but them stands on the last line.
conclude() {
    local results=$1 group=$2 exit_file trx exit_code total=0 passed=0 executed=0 broken=0 failed skipped result=0 fallen=()
    for exit_file in "$results"/*.exit; do
        trx=${exit_file%.exit}
        exit_code=$(cat "$exit_file")
        total=$((total + $(counter "$trx" total)))
        passed=$((passed + $(counter "$trx" passed)))
        executed=$((executed + $(counter "$trx" executed)))
        [ "$exit_code" -eq 0 ] || result=1
        # A process that fell over, or a report that is not whole, counts as one failure: what did not pass is not known.
        if [ "$exit_code" -ne 0 ] && [ "$(counter "$trx" executed)" -eq "$(counter "$trx" passed)" ]; then
            broken=$((broken + 1))
            fallen+=("$trx")
        fi
    done
    failed=$((executed - passed + broken))
    skipped=$((total - executed))
    if [ "$total" -eq 0 ]; then
        complain "No test has run: is there a group '${group:-of any name}'? There are unit, broker, system, browser, security, aspire, docs and faults."
        result=1
    fi
    if [ "$failed" -gt 0 ]; then
        result=1
        for trx in "$results"/*.trx; do failures "$trx"; done
        for trx in ${fallen[@]+"${fallen[@]}"}; do failure_outside_tests "$trx"; done
    fi
    if [ "$skipped" -gt 0 ]; then
        echo "$passed passed, $failed failed, $skipped skipped"
    else
        echo "$passed passed, $failed failed"
    fi
    exit "$result"
}

# failure_outside_tests TRX: a fixture that could not be cleaned up, or a process that fell over. It stands in no report, but in the output.
failure_outside_tests() {
    local output=${1%.trx}.log
    printf '\nFailed: the run of %s ended with exit code %s, though no test in its report failed\n' "$(basename "$1" .trx)" "$(cat "$1.exit")"
    grep -A 25 -E '\[[^]]*(Cleanup Failure|Catastrophic|FATAL)' "$output" || tail -n 40 "$output"
}

# counter TRX NAME: a number from <Counters total="12" executed="12" passed="12" ... />; 0 when there is no report.
counter() {
    local number
    number=$(tr -d '\r\n' 2>/dev/null <"$1" | sed -n "s/.*<Counters [^>]*\b$2=\"\([0-9]*\)\".*/\1/p" || true)
    echo "${number:-0}"
}

# failures TRX: each test that failed, with its message and where it stands. Said again at the end: above there are thousands of lines.
failures() {
    awk '
        { report = report $0 "\n" }
        END {
            count = split(report, tests, "<UnitTestResult ")
            for (i = 2; i <= count; i++) {
                if (tests[i] !~ /^[^>]* outcome="Failed"/) continue
                print "\nFailed: " text(part(tests[i], "testName=\"", "\" outcome="))
                print text(part(tests[i], "<Message>", "</Message>"))
                print text(part(tests[i], "<StackTrace>", "</StackTrace>"))
            }
            print ""
        }
        function part(whole, from, to,    rest) {
            if (!index(whole, from)) return ""
            rest = substr(whole, index(whole, from) + length(from))
            return substr(rest, 1, index(rest, to) - 1)
        }
        function text(xml) {
            gsub(/&lt;/, "<", xml); gsub(/&gt;/, ">", xml); gsub(/&quot;/, "\"", xml); gsub(/&amp;/, "\\&", xml)
            return xml
        }' "$1"
}
