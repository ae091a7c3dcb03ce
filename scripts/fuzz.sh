#!/bin/sh
# Hostile requests made from the API's own description, as each role, against an academy of their own: no 5xx, no leak,
# no answer that the description does not promise. A run is repeated by its seed.
# Usage: ./techcourse fuzz [REQUESTS] [SEED]
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"
case "${1:-}" in
  -h | --help)
    sed -n '2,4s/^# //p' "$0"
    exit 0
    ;;
esac
for number in "$@"; do
  case "$number" in
    *[!0-9]* | '')
      echo "Not a number: $number. Usage: ./techcourse fuzz [REQUESTS] [SEED]" >&2
      exit 2
      ;;
  esac
done
requests=${1:-50000}
seed=${2:-$(date +%s)}
exec mvn -q -B -ntp -pl app -am test -Dtest=HostileRequestsTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Dtechcourse.fuzz.requests="$requests" -Dtechcourse.fuzz.seed="$seed"
