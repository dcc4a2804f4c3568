#!/usr/bin/env bash
# Restores a backup of sqlite.sh into a folder that has no database yet: DATA_DIR=.data infra/backup/restore-sqlite.sh /backups/ev-….db.gz
#
# secrets.json is in no backup: put it back into DATA_DIR from where you keep it, or nothing that is encrypted can be read.
set -euo pipefail
umask 077
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=infra/backup/lib.sh
. "$here/lib.sh"
backup=${1:?usage: restore-sqlite.sh BACKUP.db.gz}
database=${DATA_DIR:?DATA_DIR names the folder of the platform}/ev.db
checked "$backup"
[ ! -e "$database" ] || fail "$database is there already. Restore into an empty folder."
mkdir -p "$DATA_DIR"
gunzip --stdout "$backup" >"$database.part"
[ "$(sqlite3 "$database.part" 'PRAGMA integrity_check')" = ok ] || fail 'The backup is damaged.'
mv "$database.part" "$database"
echo "$database is restored from $backup."
media=${backup%.db.gz}.media.tar.gz
if [ -f "$media" ]; then
  checked "$media"
  [ ! -e "$DATA_DIR/media" ] || fail "$DATA_DIR/media is there already. Restore into an empty folder."
  tar --extract --gzip --file "$media" --directory "$DATA_DIR"
  echo "$DATA_DIR/media is restored from $media."
fi
