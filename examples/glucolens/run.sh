#!/usr/bin/env bash
# Runs glucolens on this machine, from the check of the environment to the report: builds it, starts it before its database, stores and
# reads a reading, takes the database away and brings it back, and stops it. Exit code 0: every step did what it should.
#   PORT           port of the API (8000)
#   DATABASE_HOST  a PostgreSQL of yours, with DATABASE_USER, DATABASE_PASSWORD or DATABASE_PASSWORD_FILE, DATABASE_NAME; without it, or
#                  DATABASE_URL or POSTGRES_URI, the script starts one of its own
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

port=${PORT:-8000}
api=http://127.0.0.1:$port
space=1500000 # KB that the build and the database need
work=$(mktemp -d "${TMPDIR:-/tmp}/glucolens.XXXXXX")
service='' database='' step='' report=''
began=$SECONDS

fail() {
  printf 'glucolens: %s: %s\n' "$step" "$*" >&2
  report+="FAILED   $step: $*"$'\n'
  exit 1
}

begin() { step=$1 step_began=$SECONDS; }
passed() {
  printf '%-22s %3d s   %s\n' "$step" $((SECONDS - step_began)) "$*"
  report+="passed   $step   $*"$'\n'
}

# Ends a process in order; then, if it must be, at once.
end() {
  local id=$1
  kill -TERM "$id" 2>/dev/null || return 0
  for _ in $(seq 300); do
    kill -0 "$id" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL "$id" 2>/dev/null || true
}

finish() {
  local code=$?
  trap - EXIT
  [ -z "$service" ] || end "$service"
  [ -z "$database" ] || end "$database"
  if [ "$code" -ne 0 ] && [ -s "$work/service.log" ]; then
    printf '\nthe last lines of the service:\n' >&2
    tail -n 20 "$work/service.log" >&2
  fi
  printf '\n%s%s after %d s\n' "$report" "$([ "$code" -eq 0 ] && echo 'all passed' || echo FAILED)" $((SECONDS - began))
  rm -rf "$work"
  exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Waits until a command succeeds; $1 is the number of seconds.
until_true() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.1
  done
}

status_is() { [ "$(curl -s -o /dev/null -m 5 -w '%{http_code}' "$api$2")" = "$1" ]; }
has_line() { grep -q -- "$1" "$2" 2>/dev/null; }

java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java

check_environment() {
  local version free
  for program in mvn curl "$java"; do
    command -v "$program" >/dev/null || fail "there is no $program; install it (Debian, Ubuntu: maven, curl, openjdk-17-jdk)"
  done
  version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
  [ "${version:-0}" -ge 17 ] || fail "$java is version ${version:-unknown}; 17 or newer is needed (JAVA_HOME)"
  free=$(df -Pk . | awk 'NR == 2 {print $4}')
  [ "$free" -ge "$space" ] || fail "the disk has $((free / 1000)) MB left and $((space / 1000)) MB are needed"
  ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || fail "port $port is in use; set PORT to another one"
  passed "JDK $version, $((free / 1000000)) GB free, port $port is free"
}

build() {
  mvn -B -q -pl examples/glucolens -am -DskipGates -Dmaven.test.skip=true package >"$work/build.log" 2>&1 || {
    tail -n 30 "$work/build.log" >&2
    fail 'the build failed, with the lines above'
  }
  jar=$PWD/examples/glucolens/target/launcher/glucolens.jar
  "$java" -Djarmode=tools -jar "$jar" extract --destination "$work/app" >/dev/null
  jar=$work/app/glucolens.jar
  passed 'built'
}

start_database() {
  "$java" -cp "$jar" dev.mooring.embedded.StandaloneServer "$work/database" glucolens >>"$work/database.log" 2>&1 &
  database=$!
}

stop_database() {
  end "$database"
  database=
}

own_database() { [ -z "${DATABASE_HOST:-}${DATABASE_URL:-}${POSTGRES_URI:-}" ]; }

# Makes the data, and leaves the server stopped: the service comes first.
make_database() {
  if ! own_database; then
    passed 'the one that the environment names'
    return
  fi
  start_database
  until_true 120 has_line . "$work/database.log" || fail "PostgreSQL did not start: $(cat "$work/database.log")"
  until_true 10 test -s "$work/database/database.env" || fail 'PostgreSQL said nothing of its address'
  stop_database
  set -a
  # shellcheck source=/dev/null  # StandaloneServer has written it
  . "$work/database/database.env"
  set +a
  passed "a PostgreSQL of its own, stopped for now"
}

start_service() {
  PORT=$port MOORING_SHUTDOWN_DRAIN_DELAY=${MOORING_SHUTDOWN_DRAIN_DELAY:-1} "$java" -jar "$jar" >"$work/service.log" 2>&1 &
  service=$!
  if [ -n "$made" ]; then
    until_true 60 has_line 'attempt 1 of 5 failed' "$work/service.log" || fail 'the service did not try its database'
    start_database
  fi
  until_true 90 status_is 200 /health || fail "the service did not become healthy: $(curl -s -m 5 "$api/health")"
  passed "healthy: $(curl -s -m 5 "$api/health" | head -c 120)…"
}

use_it() {
  local body='{"patient":"ada","measured_at":"2026-01-01T08:00:00Z","mg_per_dl":104}' answer
  answer=$(curl -s -m 10 -w ' %{http_code}' -H 'Content-Type: application/json' -d "$body" "$api/readings")
  case $answer in *' 201' | *' 200') ;; *) fail "a reading was not stored: $answer" ;; esac
  answer=$(curl -s -m 10 "$api/readings?patient=ada")
  case $answer in *'"mg_per_dl":104'*) ;; *) fail "the reading was not read again: $answer" ;; esac
  passed 'one reading stored and read'
}

outage() {
  if [ -z "$made" ]; then
    passed 'left out: the database is yours'
    return
  fi
  stop_database
  until_true 20 status_is 503 /health || fail 'health does not tell the outage'
  status_is 200 /health/live || fail 'the process is not live in the outage'
  start_database
  until_true 60 status_is 200 /health || fail 'the service did not come back'
  use_again=$(curl -s -m 10 "$api/readings?patient=ada")
  case $use_again in *'"mg_per_dl":104'*) ;; *) fail "the reading is gone after the outage: $use_again" ;; esac
  passed 'unhealthy and live while the database was away; healthy again by itself'
}

stop_service() {
  local code=0 id=$service
  service=
  kill -TERM "$id"
  wait "$id" || code=$?
  # 143 is SIGTERM, which the JVM tells after an orderly end.
  [ "$code" -eq 0 ] || [ "$code" -eq 143 ] || fail "it ended with exit code $code"
  passed 'it ended in order after SIGTERM'
}

begin environment; check_environment
begin build; build
made=''
! own_database || made=yes
begin database; make_database
begin 'late database'; start_service
begin 'real use'; use_it
begin outage; outage
begin stop; stop_service
