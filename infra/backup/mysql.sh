#!/usr/bin/env bash
# Backs up the database, and the folder of uploaded files where there is one, while the platform works:
#
#   DATABASE_URL_FILE=infra/secrets/database_url [DATA_DIR=/data] infra/backup/mysql.sh /backups
#
# The dump is one consistent moment (InnoDB, one transaction) and holds the triggers that keep the journal append-only. It holds no key: without HASH_KEY and
# the encryption keys nobody reads an identity number in it, and neither do you. Keep those elsewhere.
set -euo pipefail
umask 077
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=infra/backup/lib.sh
. "$here/lib.sh"
folder=${1:?usage: mysql.sh FOLDER}
open_mysql
mkdir -p "$folder"
name="$folder/ev-$(date --utc +%Y%m%dT%H%M%SZ)"

# MySQL's own mysqldump would write the server's transaction ids, which a restore elsewhere must not set.
gtid=()
if mysqldump --help 2>/dev/null | grep -q -- --set-gtid-purged; then gtid=(--set-gtid-purged=OFF --no-tablespaces); fi
mysqldump --defaults-extra-file="$options" --single-transaction --quick --triggers --hex-blob --skip-lock-tables \
  --tz-utc --default-character-set=utf8mb4 "${gtid[@]}" "$database" >"$name.sql.part"
tail --lines=5 "$name.sql.part" | grep -q 'Dump completed' || fail 'The dump was not finished.'
gzip --stdout "$name.sql.part" >"$name.sql.gz"
rm "$name.sql.part"
sealed "$name.sql.gz"
backup_media "$name.media.tar.gz"
