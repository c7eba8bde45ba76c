#!/usr/bin/env bash
# The flow backend from nothing to a placed order, on a fresh machine: checks the environment, builds, starts PostgreSQL, makes the schema,
# starts the four services, tests the connection, places an order, restarts the database under load, stops everything, and reports.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: examples/flow-backend/run.sh [--order "SERVICE SERVICE SERVICE SERVICE"] [--restart-command COMMAND] [--compose]

Runs the whole workflow of the flow backend and prints one line for each step.

  --order             in which order the services start; by default a random one
  --restart-command   how to restart a database that is not started by this script; without it that step is left out
  --compose           everything in containers, by docker compose

The database is that of DATABASE_HOST, DATABASE_URL or POSTGRES_URI; where none is set, an embedded PostgreSQL.
USERS_PORT, ORDERS_PORT, PAYMENTS_PORT and NOTIFICATIONS_PORT (8001 to 8004) are the ports.

exit code: 0 all steps passed, 1 a step failed, 2 wrong usage or something is missing on this machine
TEXT
}

here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$(cd -P -- "$here/../.." && pwd)
work=$here/target/run
all_services=(users orders payments notifications)
needed_mb=700
began=$SECONDS
step=start
passed=0
left_out=()
order=()
restart_command=''
compose=''

say() { printf '%-12s %s\n' "$1" "$2"; }

# Ends the script: with exit code 2 where the machine or the call is not as needed, else with 1.
refuse() {
  printf 'run.sh: %s\n' "$*" >&2
  exit 2
}
fail() {
  printf 'run.sh: %s: %s\n' "$step" "$*" >&2
  exit 1
}

# Names the next step, and counts the one before.
begin() { step=$1; }
passes() {
  passed=$((passed + 1))
  say "$step" "$1"
}

while [ $# -gt 0 ]; do
  case $1 in
    --order) [ $# -gt 1 ] || refuse "--order needs the four services"; read -ra order <<<"$2"; shift ;;
    --restart-command) [ $# -gt 1 ] || refuse "--restart-command needs a command"; restart_command=$2; shift ;;
    --compose) compose=yes ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; refuse "\"$1\" is no option" ;;
  esac
  shift
done
if [ ${#order[@]} -eq 0 ]; then
  while read -r service; do order+=("$service"); done < <(printf '%s\n' "${all_services[@]}" | awk 'BEGIN {srand()} {print rand(), $0}' | sort | cut -d' ' -f2)
fi
[ "$(printf '%s\n' "${order[@]}" | sort | xargs)" = "$(printf '%s\n' "${all_services[@]}" | sort | xargs)" ] ||
  refuse "--order is \"${order[*]}\"; expected each of ${all_services[*]} once"

port_of() {
  case $1 in
    users) printf '%s' "${USERS_PORT:-8001}" ;;
    orders) printf '%s' "${ORDERS_PORT:-8002}" ;;
    payments) printf '%s' "${PAYMENTS_PORT:-8003}" ;;
    notifications) printf '%s' "${NOTIFICATIONS_PORT:-8004}" ;;
  esac
}
url_of() { printf 'http://127.0.0.1:%s' "$(port_of "$1")"; }
is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
has_database() { [ -n "${DATABASE_HOST:-}${DATABASE_URL:-}${POSTGRES_URI:-}" ]; }
in_compose() { docker compose -f "$here/compose.yaml" "$@"; }

# The value of a field of a JSON object on stdin.
field() { sed -n "s/.*\"$1\":\"\\([^\"]*\\)\".*/\\1/p"; }

# The process id of $1, a service or "database"; empty if this script runs none.
pid_of() { cat "$work/$1.pid" 2>/dev/null || true; }
lives() { kill -0 "$(pid_of "$1")" 2>/dev/null; }

# Waits up to $1 seconds for a command to succeed, while $2, a process of ours if it is not empty, lives.
within() {
  local end=$((SECONDS + $1)) process=$2
  shift 2
  until "$@"; do
    [ $SECONDS -lt $end ] || return 1
    [ -z "$process" ] || lives "$process" || return 1
    sleep 0.2
  done
}

answers() { curl -fs -o /dev/null --max-time 5 "$1"; }

# Ends $1, if this script runs it, and sets $code to its exit code.
end_process() {
  local id
  id=$(pid_of "$1")
  code=0
  [ -n "$id" ] || return 0
  kill -TERM "$id" 2>/dev/null || true
  wait "$id" 2>/dev/null || code=$?
  rm -f "$work/$1.pid"
}

finish() {
  local result=$? code process
  trap - EXIT INT TERM
  rm -f "$work/load"
  for process in "${all_services[@]}" database; do end_process "$process"; done
  if [ -n "$compose" ] && [ "$step" != start ] && [ "$step" != environment ]; then in_compose down --volumes >>"$work/compose.log" 2>&1 || true; fi
  printf '\n'
  [ ${#left_out[@]} -eq 0 ] || say 'left out' "${left_out[*]}"
  if [ "$result" -eq 0 ]; then
    say result "passed: $passed steps in $((SECONDS - began)) s"
  elif [ "$result" -ne 2 ]; then
    say result "FAILED in step $step after $passed passed steps, $((SECONDS - began)) s; logs: $work"
  fi
  exit "$result"
}
trap finish EXIT
trap 'exit 1' INT TERM

check_environment() {
  local free service version
  for program in curl awk sed; do command -v "$program" >/dev/null || refuse "$program is missing; install it"; done
  free=$(df -Pk "$root" | awk 'NR == 2 {print int($4 / 1024)}')
  [ "$free" -ge "$needed_mb" ] || refuse "the disk of $root has $free MB left and $needed_mb MB are needed; make room there"
  for service in "${all_services[@]}"; do
    ! is_taken "$(port_of "$service")" ||
      refuse "port $(port_of "$service") for $service is in use; end what listens there, or set $(printf '%s' "$service" | tr '[:lower:]' '[:upper:]')_PORT to another one"
  done
  if [ -n "$compose" ]; then
    command -v docker >/dev/null || refuse "--compose needs Docker, and there is no docker on the PATH"
    docker compose version >/dev/null 2>&1 || refuse "--compose needs docker compose 2; install the plugin"
    passes "docker compose, $free MB free, ports free"
    return
  fi
  jdk=${JAVA_HOME:-}
  if [ -z "$jdk" ]; then
    command -v javac >/dev/null || refuse "no JDK found, 17 or newer is needed; install one (Debian, Ubuntu: openjdk-17-jdk) or set JAVA_HOME"
    jdk=$(cd -P -- "$(dirname -- "$(readlink -f -- "$(command -v javac)")")/.." && pwd)
  fi
  version=$("$jdk/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p') || true
  [ "${version:-0}" -ge 17 ] || refuse "the JDK in $jdk is not of version 17 or newer; set JAVA_HOME to one that is"
  command -v mvn >/dev/null || refuse "no Maven found, 3.8 or newer is needed; install it (Debian, Ubuntu: maven)"
  passes "JDK $version, $(mvn -v 2>/dev/null | grep -o 'Maven [0-9.]*' | head -n 1), $free MB free, ports free"
}

# A password of this run for the containers, unless there is one.
make_password() {
  [ -z "${DATABASE_PASSWORD_FILE:-}" ] || return 0
  head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$work/password"
  # The containers read it as users of their own.
  chmod 644 "$work/password"
  export DATABASE_PASSWORD_FILE=$work/password
}

# A jar without its nesting starts a second sooner.
build_services() {
  JAVA_HOME=$jdk mvn -B -q -f "$root/pom.xml" -pl examples/flow-backend -am -DskipGates -Dmaven.test.skip=true package &&
    "$jdk/bin/java" -Djarmode=tools -jar "$here/target/launcher/flow-backend.jar" extract --force --destination "$work/app"
}

build() {
  local from=$SECONDS
  if [ -n "$compose" ]; then
    make_password
    in_compose build >"$work/compose.log" 2>&1 || fail "the image does not build; see $work/compose.log"
  else
    "$root/mooring" version >"$work/build.log" 2>&1 || fail "the command mooring does not build; see $work/build.log"
    build_services >>"$work/build.log" 2>&1 || fail "the services do not build; see $work/build.log"
  fi
  passes "done in $((SECONDS - from)) s"
}

database_runs() { grep -qs '^embedded PostgreSQL' "$work/database.log"; }

start_embedded_database() {
  rm -f "$work/database.log"
  "$jdk/bin/java" -XX:TieredStopAtLevel=1 -cp "$work/app/flow-backend.jar:$work/app/lib/*" \
    dev.mooring.embedded.StandaloneServer "$work/database" oxygen_platform >"$work/database.log" 2>&1 &
  printf '%s' $! >"$work/database.pid"
  within 120 database database_runs || fail "PostgreSQL does not start; see $work/database.log"
}

start_database() {
  if [ -n "$compose" ]; then
    in_compose up --detach --wait postgres redis >>"$work/compose.log" 2>&1 || fail "see $work/compose.log"
    passes "PostgreSQL and Redis in containers"
  elif has_database; then
    passes "the one in the environment: ${DATABASE_HOST:-named by a URI}"
  else
    start_embedded_database
    set -a
    # shellcheck source=/dev/null
    . "$work/database/database.env"
    set +a
    passes "$(grep -m 1 '^embedded PostgreSQL' "$work/database.log")"
  fi
}

mooring() {
  if [ -n "$compose" ]; then in_compose run --rm --no-deps mooring "$@"; else "$root/mooring" "$@"; fi
}

make_schema() {
  mooring wait database --timeout 120s >"$work/wait.log" 2>&1 || { cat "$work/wait.log" >&2; fail "the database does not answer"; }
  mooring init --profile flow >"$work/init.log" 2>&1 || { cat "$work/init.log" >&2; fail "mooring init failed"; }
  passes "$(grep -v '^$' "$work/init.log" | tail -n 1)"
}

start_services() {
  local service process from=$SECONDS
  for service in "${order[@]}"; do
    if [ -n "$compose" ]; then
      in_compose up --detach --no-deps "$service" >>"$work/compose.log" 2>&1 || fail "$service does not start; see $work/compose.log"
      continue
    fi
    PORT=$(port_of "$service") MOORING_BIND_ADDRESS=127.0.0.1 MOORING_SHUTDOWN_DRAIN_DELAY=0 \
      "$jdk/bin/java" -XX:TieredStopAtLevel=1 -Xmx256m -jar "$work/app/flow-backend.jar" "$service" >"$work/$service.log" 2>&1 &
    printf '%s' $! >"$work/$service.pid"
  done
  for service in "${order[@]}"; do
    process=$service
    [ -z "$compose" ] || process=''
    within 120 "$process" answers "$(url_of "$service")/health/ready" || fail "$service is not ready; see $work/$service.log"
  done
  passes "${order[*]}: all ready after $((SECONDS - from)) s"
}

check_connections() {
  local code=0
  mooring check --profile flow >"$work/check.log" 2>"$work/check.err" || code=$?
  sed 's/^/             /' "$work/check.log"
  [ "$code" -eq 0 ] || { cat "$work/check.err" >&2; fail "mooring check ended with $code"; }
  passes "$(tail -n 1 "$work/check.log")"
}

# Posts the document $2 to $1; further arguments go to curl.
post() {
  local url=$1 document=$2
  shift 2
  curl -s --max-time 20 -H 'Content-Type: application/json' -d "$document" "$@" "$url"
}

new_user() {
  post "$(url_of users)/users" "{\"email\":\"run-$$-$RANDOM$RANDOM@example.org\",\"credit_cents\":10000000}" | field id
}

# Places an order for the user $1; the answer and its status go to the file $2.
place() {
  post "$(url_of orders)/orders" "{\"user_id\":\"$1\",\"item\":\"a book\",\"amount_cents\":1999}" -w '\n%{http_code}\n' >"$2" 2>&1 || true
}

# Whether the order $1 is paid and its user has one notification.
is_done() {
  [ "$(curl -s --max-time 5 "$(url_of orders)/orders/$1" | field status)" = paid ] &&
    [ "$(curl -s --max-time 5 "$(url_of notifications)/notifications?order_id=$1" | grep -o '"order_id"' | wc -l)" -eq 1 ]
}

place_order() {
  local from=$SECONDS id
  user=$(new_user)
  [ -n "$user" ] || fail "no user was made; see $work/users.log"
  place "$user" "$work/order"
  id=$(field id <"$work/order")
  [ -n "$id" ] || fail "the order was refused: $(cat "$work/order")"
  within 60 '' is_done "$id" || fail "order $id is not paid, or its user not notified; see $work"
  passes "$id reserved, paid, and its user notified after $((SECONDS - from)) s"
}

restart_database() {
  local code
  if [ -n "$compose" ]; then
    in_compose restart postgres >>"$work/compose.log" 2>&1
  elif [ -n "$(pid_of database)" ]; then
    end_process database
    start_embedded_database
  else
    bash -c "$restart_command" >"$work/restart.log" 2>&1
  fi
}

restart_under_load() {
  local number=0 from file failed=0 id
  if [ -z "$compose$(pid_of database)$restart_command" ]; then
    left_out+=("the restart of the database, which is not ours; --restart-command says how")
    return
  fi
  mkdir -p "$work/orders"
  rm -f "$work/orders"/*
  touch "$work/load"
  # One order every fifth of a second, whether earlier ones were answered or not.
  (while [ -e "$work/load" ]; do
    number=$((number + 1))
    place "$user" "$work/orders/$number" &
    sleep 0.2
  done
  wait) &
  local load=$!
  sleep 2
  from=$SECONDS
  restart_database || { rm -f "$work/load"; fail "the database does not restart; see $work"; }
  local away=$((SECONDS - from))
  sleep 3
  rm -f "$work/load"
  wait "$load"
  number=0
  for file in "$work/orders"/*; do
    number=$((number + 1))
    [ "$(tail -n 1 "$file")" = 201 ] || failed=$((failed + 1))
  done
  [ "$failed" -eq 0 ] || fail "$failed of $number orders failed; their answers are in $work/orders"
  for file in "$work/orders"/*; do
    id=$(field id <"$file")
    within 60 '' is_done "$id" || fail "order $id is not paid, or its user not notified"
  done
  passes "took $away s; $number orders placed around it, 0 failed, all paid and notified once"
}

stop_all() {
  local service code what='the four services'
  if [ -n "$compose" ]; then
    in_compose stop >>"$work/compose.log" 2>&1 || fail "see $work/compose.log"
    passes "all containers"
    return
  fi
  for service in "${order[@]}"; do
    lives "$service" || fail "$service had ended before; see $work/$service.log"
    end_process "$service"
    # What a JVM says that a SIGTERM ended in order.
    [ "$code" -eq 143 ] || fail "$service ended with $code; see $work/$service.log"
  done
  if [ -n "$(pid_of database)" ]; then
    end_process database
    rm -rf "$work/database"
    what+=' and the database'
  fi
  passes "$what"
}

mkdir -p "$work"
rm -f "$work"/*.pid
begin environment
check_environment
begin build
build
begin database
start_database
begin init
make_schema
begin services
start_services
begin check
check_connections
begin order
place_order
begin restart
restart_under_load
begin stop
stop_all
