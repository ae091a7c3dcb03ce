#!/bin/sh
# All checks and tests, as `./techcourse test` and the continuous integration run them. JAVA_HOME is a JDK 25.
# Further arguments go to Maven, for example -Dtest=InvariantsTest.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"

say() { printf '\n%s\n' "$*"; }

is_installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'; }

# What the tests need from Debian: the second PostgreSQL, its pg_dump, what the guide to the API is played with, a whole
# cluster, and promtool for the alerts.
packages="postgresql-15 postgresql-client-15 curl jq openssl iproute2 patroni python3-etcd python3-idna etcd-server haproxy pgbouncer pgbackrest prometheus"
missing=
if command -v dpkg-query >/dev/null; then
  for package in $packages; do
    is_installed "$package" || missing="$missing $package"
  done
fi
if [ -n "$missing" ] && [ "$(id -u)" = 0 ]; then
  say "Installing$missing"
  # else the package starts a server of its own on port 5432
  mkdir -p /etc/postgresql-common
  grep -qs '^create_main_cluster' /etc/postgresql-common/createcluster.conf ||
    echo "create_main_cluster = false" >>/etc/postgresql-common/createcluster.conf
  # the tests start their own: nothing that is installed now begins to serve
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod 755 /usr/sbin/policy-rc.d
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # shellcheck disable=SC2086 # the packages are words
  apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold $missing >/dev/null
elif [ -n "$missing" ]; then
  say "Not installed, so some tests are left out:$missing. To run them: sudo apt-get install$missing"
fi

command -v mvn >/dev/null || {
  say "The tests need Maven 3.8 or newer (Debian: apt-get install maven)."
  exit 1
}

# The summary of one run: all reports of Surefire in folders of this name added up.
summary() {
  find . -path "*/$2/*.txt" -exec grep -h '^Tests run' {} + | awk -F '[:,]' -v name="$1" '
    { run += $2; failures += $4; errors += $6; skipped += $8 }
    END { printf "%s: %d tests, %d failures, %d errors, %d skipped\n", name, run, failures, errors, skipped }'
}

find . -path '*/surefire-reports*' -prune -exec rm -rf {} +
say "Format"
mvn -q -B -ntp spotless:check

without_15=true
[ ! -x /usr/lib/postgresql/15/bin/postgres ] || without_15=false
say "Null checks, module rules, conventions, tests on the PostgreSQL 18 that ships, and on PostgreSQL 15 where it is installed"
result=0
mvn -B -ntp -Dsurefire.failIfNoSpecifiedTests=false -Dtechcourse.test.without-15="$without_15" verify "$@" || result=$?

say "$(summary "PostgreSQL 18" surefire-reports)"
if [ "$without_15" = false ]; then summary "PostgreSQL 15" surefire-reports-15; else echo "PostgreSQL 15: not installed"; fi
exit "$result"
