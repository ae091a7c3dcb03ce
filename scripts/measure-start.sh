#!/bin/sh
# How long until the first page is served, as minimum and median of some starts: new data folder, then the same again.
# Usage: scripts/measure-start.sh [RUNS] [PAGE]
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
runs=${1:-5}
page=${2:-/}
TECHCOURSE_PORT=${TECHCOURSE_PORT:-18080}
export TECHCOURSE_PORT

now() { date +%s%3N; }

# Prints the milliseconds from the command to the first answer below 400.
start() {
  began=$(now)
  TECHCOURSE_DATA=$1 "$root/techcourse" up >"$1.log" 2>&1 &
  pid=$!
  until curl -sf -o "$1.page" "http://localhost:$TECHCOURSE_PORT$page"; do
    kill -0 $pid || { cat "$1.log" >&2; exit 1; }
    sleep 0.05
  done
  echo $(($(now) - began))
  kill $pid
  wait $pid || true
}

report() {
  sort -n "$2" | awk -v name="$1" '{ t[NR] = $1 } END {
    printf "%s: min %.1f s, median %.1f s of %d\n", name, t[1] / 1000, t[int((NR + 1) / 2)] / 1000, NR }'
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$root/techcourse" help >/dev/null
for run in $(seq "$runs"); do
  start "$work/data$run" >>"$work/first"
  start "$work/data$run" >>"$work/next"
  rm -rf "$work/data$run"
done
report "first start (initdb, schema, sample academy)" "$work/first"
report "next start" "$work/next"
