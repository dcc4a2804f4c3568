#!/usr/bin/env bash
# Backs up the embedded database and the uploaded files beside it, while the platform works: DATA_DIR=.data infra/backup/sqlite.sh /backups
#
# SQLite copies itself page by page and begins again when somebody writes meanwhile, so the copy is one consistent moment; copying the file would not be.
set -euo pipefail
umask 077
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=infra/backup/lib.sh
. "$here/lib.sh"
folder=${1:?usage: sqlite.sh FOLDER}
database=${DATA_DIR:?DATA_DIR names the folder of the platform}/ev.db
[ -f "$database" ] || fail "There is no database at $database."
mkdir -p "$folder"
name="$folder/ev-$(date --utc +%Y%m%dT%H%M%SZ)"
sqlite3 "$database" '.timeout 10000' ".backup '$name.db.part'"
[ "$(sqlite3 "$name.db.part" 'PRAGMA integrity_check')" = ok ] || fail 'The copy is damaged.'
gzip --stdout "$name.db.part" >"$name.db.gz"
rm -f "$name".db.part*
sealed "$name.db.gz"
backup_media "$name.media.tar.gz"
