# Shared by run, test and .ci/run: what has to be on the machine, and how to say what happens. Sourced, not run.
# shellcheck shell=bash

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# The packages that the lock files name and no others: a changed one is an error. Whoever changes packages runs "dotnet restore" by hand.
export RestoreLockedMode=true
CONFIGURATION=Release

say() { printf '%s\n' "$@"; }

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Runs a command with its output in a file; shows the file only when the command fails.
quietly() {
  local what=$1 log=$2
  shift 2
  local since=$SECONDS
  printf '%s ... ' "$what"
  mkdir -p "$(dirname "$log")"
  if "$@" >"$log" 2>&1; then
    printf 'done (%d s)\n' "$((SECONDS - since))"
  else
    printf 'failed\n'
    tail -n 40 "$log" >&2
    return 1
  fi
}

need_dotnet() {
  command -v dotnet >/dev/null || fail "The .NET SDK 10 is needed: https://dotnet.microsoft.com/download"
  dotnet --version >/dev/null 2>&1 || fail "The .NET SDK that global.json asks for is not installed (dotnet --list-sdks shows what is)."
}

has_postgres() {
  local folder
  for folder in "${PG_BIN:-}" /usr/lib/postgresql/*/bin /usr/libexec/postgresql* /usr/pgsql-*/bin \
    /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin /home/linuxbrew/.linuxbrew/opt/postgresql*/bin; do
    [ -n "$folder" ] && [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ] && return 0
  done
  command -v initdb >/dev/null && command -v postgres >/dev/null
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "PostgreSQL has to be installed, and that needs root: $*"
  fi
}

# The package manager starts no server of its own that we would use: the service runs a private one from these programs.
install_postgres() {
  if command -v apt-get >/dev/null; then
    as_root apt-get update -q && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql
  elif command -v dnf >/dev/null; then
    as_root dnf install -y -q postgresql-server util-linux
  elif command -v apk >/dev/null; then
    as_root apk add -q postgresql setpriv setsid
  elif command -v brew >/dev/null; then
    brew install -q postgresql
  else
    return 1
  fi
}

# A given connection string is used as it is; otherwise the server's programs have to be somewhere.
need_postgres() {
  [ -z "${ConnectionStrings__VppManager:-}" ] || return 0
  has_postgres && return 0
  quietly "No PostgreSQL on this machine; installing it" "$LOGS/install-postgres.log" install_postgres || true
  has_postgres || fail "PostgreSQL could not be installed. Install it (apt: postgresql, dnf: postgresql-server, apk: postgresql, brew: postgresql), or set PG_BIN or ConnectionStrings__VppManager."
}
