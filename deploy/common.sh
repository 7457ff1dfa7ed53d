# common.sh: where things are, who runs them, and words for the caller; every
# script here begins with it.
#
# PROFILE   run (default), test or staging: which settings file, which folder.
# STATE     the stack's folder: cluster, sockets, logs, secrets, uploads.

# shellcheck shell=sh disable=SC2034 # used by the scripts that read this
set -eu
umask 022

ROOT=$(cd "$(dirname "$0")/.." && pwd -P)
PROFILE=${PROFILE:-run}
PG_BIN=${PG_BIN:-/usr/lib/postgresql/15/bin}
POOLS='api auth payments uploads'
# The most workers of a pool; deploy/scale moves between 1 and this.
POOL_MAX=${POOL_MAX:-16}
JOBS_MAX=${JOBS_MAX:-4}
# Relays have a socket each; nginx spreads over those that are there.
RELAY_MAX=${RELAY_MAX:-4}

die()
{
	echo "bantubuzz: $*" >&2
	exit 1
}

say()
{
	echo "bantubuzz: $*"
}

is_root()
{
	[ "$(id -u)" = 0 ]
}

# The same few digits for the same folder, for names outside of it.
short_hash()
{
	printf '%s' "$1" | cksum | cut -d ' ' -f 1
}

# PostgreSQL refuses root, and what faces the net had better not be root
# either: these run the parts of a stack that root starts.
if is_root; then
	DB_USER=postgres
	APP_USER=www-data
else
	DB_USER=$(id -un)
	APP_USER=$DB_USER
fi

# From a folder where that user may be.
as_db_user()
{
	if is_root; then
		(cd / && exec runuser -u "$DB_USER" -- "$@")
	else
		"$@"
	fi
}

# A folder of ours that others cannot have put there before us.
own_folder()
{
	mkdir -p "$1" 2>/dev/null || die "cannot make the folder $1"
	[ -O "$1" ] && [ ! -L "$1" ] || die "$1 belongs to somebody else"
}

# Where another user cannot go (a clone below /root), the state moves out.
state_base()
{
	if is_root && ! runuser -u nobody -- test -x "$ROOT/deploy/stack"; then
		echo "/var/tmp/bantubuzz-$(short_hash "$ROOT")"
	else
		echo "$ROOT/.run"
	fi
}

if [ -z "${STATE:-}" ]; then
	STATE=$(state_base)
	[ "$PROFILE" = run ] || STATE=$STATE-$PROFILE
fi
LOGS=${LOGS:-$STATE/log}
UPLOADS=${UPLOADS:-$STATE/uploads}
DOCS=${DOCS:-$STATE/docs}
WEB=${WEB:-$STATE/web}
SUPERVISOR=$STATE/supervisor.conf

# A socket's whole path fits into 107 bytes; deep folders move theirs out.
SOCKETS=${SOCKETS:-$STATE/sockets}
[ ${#SOCKETS} -le 80 ] || SOCKETS=/tmp/bantubuzz-$(short_hash "$STATE")

processes()
{
	"$ROOT/deploy/processes" "$SOCKETS/supervisor.sock" "$@"
}

# A Node that the tools can use: the system's, else the one set-up brought.
NODE_HOME=$ROOT/build/node/node_modules/node/bin
[ ! -x "$NODE_HOME/node" ] || PATH=$NODE_HOME:$PATH
export PATH

# NAME=value lines; a name that already has a value keeps it.
defaults()
{
	# shellcheck disable=SC2034 # value is used by the eval
	while IFS='=' read -r name value; do
		case $name in
		'' | \#*) ;;
		*[!A-Z0-9_]*) die "$1: not a setting: $name" ;;
		*) eval "export $name=\"\${$name-\$value}\"" ;;
		esac
	done <"$1"
}

# libpq's address of the database for one of its roles.
database_url()
{
	echo "postgresql://$1@/bantubuzz?host=$(printf '%s' "$SOCKETS/pg" |
		sed 's/%/%25/g; s/ /%20/g')"
}
