# Shared by the scripts of this folder.

fail() {
  echo "$*" >&2
  exit 1
}

# The address of the database, from DATABASE_URL or the file that DATABASE_URL_FILE names.
database_url() {
  if [ -n "${DATABASE_URL_FILE:-}" ]; then cat "$DATABASE_URL_FILE"; else echo "${DATABASE_URL:-}"; fi
}

unescaped() { printf '%b' "${1//%/\\x}"; }

# Reads mysql://user:password@host:port/database into a file of options, so that no password stands in the list of processes.
# Sets `database` and `options`; the file goes away with the script.
open_mysql() {
  local url form='^(mysql|mariadb)://([^:@/]+)(:([^@/]*))?@([^:/]+)(:([0-9]+))?/([^/?]+)'
  url=$(database_url)
  [[ $url =~ $form ]] || fail 'DATABASE_URL or DATABASE_URL_FILE must name a database: mysql://user:password@host:3306/database'
  database=$(unescaped "${BASH_REMATCH[8]}")
  options=$(mktemp)
  trap 'rm -f "$options"' EXIT
  cat >"$options" <<OPTIONS
[client]
user="$(unescaped "${BASH_REMATCH[2]}")"
password="$(unescaped "${BASH_REMATCH[4]}")"
host="${BASH_REMATCH[5]}"
port=${BASH_REMATCH[7]:-3306}
default-character-set=utf8mb4
OPTIONS
}

# Writes the checksum beside a finished backup.
sealed() {
  (cd "$(dirname "$1")" && sha256sum "$(basename "$1")" >"$(basename "$1").sha256")
  echo "$1 ($(du -h "$1" | cut -f1))"
}

# Refuses a backup that is not what was written.
checked() {
  [ -f "$1" ] || fail "There is no backup at $1."
  [ -f "$1.sha256" ] || fail "$1 has no checksum beside it: it may not have been finished."
  (cd "$(dirname "$1")" && sha256sum --check --quiet "$(basename "$1").sha256") || fail "$1 is damaged."
}

# Uploaded files, when they are kept in a folder. Taken after the database: a file is stored before the row that refers to it, so that every
# row of the backup finds its file.
backup_media() {
  [ -n "${DATA_DIR:-}" ] && [ -d "$DATA_DIR/media" ] || return 0
  tar --create --gzip --file "$1.part" --directory "$DATA_DIR" media
  mv "$1.part" "$1"
  sealed "$1"
}
