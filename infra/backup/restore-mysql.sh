#!/usr/bin/env bash
# Restores a backup of mysql.sh into an empty database, and the uploaded files into an empty folder:
#
#   DATABASE_URL=mysql://… [DATA_DIR=/data] infra/backup/restore-mysql.sh /backups/ev-20261125T220000Z.sql.gz
#
# Nothing that is there is overwritten. Run ledger:verify, tree:verify and audit:verify before anybody is let in.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=infra/backup/lib.sh
. "$here/lib.sh"
backup=${1:?usage: restore-mysql.sh BACKUP.sql.gz}
checked "$backup"
open_mysql
mysql=(mysql --defaults-extra-file="$options")
tables=$("${mysql[@]}" --skip-column-names --execute "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '$database'")
[ "$tables" = 0 ] || fail "The database $database has $tables tables. Restore into an empty one."
gunzip --stdout "$backup" | "${mysql[@]}" "$database"
echo "$database is restored from $backup."

media=${backup%.sql.gz}.media.tar.gz
if [ -n "${DATA_DIR:-}" ] && [ -f "$media" ]; then
  checked "$media"
  [ ! -e "$DATA_DIR/media" ] || fail "$DATA_DIR/media is there already. Restore into an empty folder."
  mkdir -p "$DATA_DIR"
  tar --extract --gzip --file "$media" --directory "$DATA_DIR"
  echo "$DATA_DIR/media is restored from $media."
fi
