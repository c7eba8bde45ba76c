#!/usr/bin/env bash
# One Spring Boot application, without and with the starter, in the same three situations; prints what a client saw of each.
set -euo pipefail
here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
log=$here/target/run.log
mkdir -p "$here/target"
if ! mvn -B -q -f "$here/../../pom.xml" -pl examples/before-after -am -DskipGates -Dtest=ComparisonTest \
  -Dsurefire.failIfNoSpecifiedTests=false test >"$log" 2>&1; then
  tail -n 40 "$log" >&2
  printf 'run.sh: the comparison did not come out as promised; the log is %s\n' "$log" >&2
  exit 1
fi
cat "$here/target/comparison.md"
