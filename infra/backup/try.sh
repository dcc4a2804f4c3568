#!/usr/bin/env bash
# Shows that the backups can be restored: seeds a platform on each database, backs it up, restores it into an empty place, compares the balances and the journal,
# and runs the verifiers on what came back. Needs MariaDB or MySQL on 127.0.0.1 (root without a password), and sqlite3.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
name="ev_test_backup_$$"
root_mysql=(mysql --host=127.0.0.1 --user=root)
cleanup() {
  "${root_mysql[@]}" --execute "DROP DATABASE IF EXISTS $name; DROP DATABASE IF EXISTS ${name}_restored" || true
  rm -rf "$work"
}
trap cleanup EXIT
cd "$root"
export REDIS_URL='' AMQP_URL='' NODE_ENV=development LOG_LEVEL=error
figures="SELECT user_id, balance, held, emi_reserve, recoverable, total_earned FROM wallets ORDER BY user_id;
SELECT COUNT(*), SUM(ABS(amount)) FROM journal_lines; SELECT COUNT(*) FROM audit_log; SELECT COUNT(*) FROM placements;"

compare() {
  [ -s "$work/before" ] && diff "$work/before" "$work/after" || { echo '✗ the restored figures differ'; exit 1; }
  echo "✓ $(wc -l <"$work/after") lines of balances and sums are the same"
}
verify() { for each in ledger tree audit; do npm run --silent "$each:verify"; done; }
expect_refusal() { if "$@" >"$work/refusal" 2>&1; then echo "✗ not refused: $*"; exit 1; else echo "✓ refused: $(tail -n 1 "$work/refusal")"; fi; }

echo 'MySQL'
"${root_mysql[@]}" --execute "CREATE DATABASE $name CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci; CREATE DATABASE ${name}_restored CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci"
export DATA_DIR="$work/mysql" DATABASE_URL="mysql://root@127.0.0.1:3306/$name"
npm run --silent db:migrate >/dev/null
npm run --silent db:seed >/dev/null
"${root_mysql[@]}" "$name" --execute "$figures" >"$work/before"
"$here/mysql.sh" "$work/backups"
expect_refusal "$here/restore-mysql.sh" "$work"/backups/ev-*.sql.gz
export DATABASE_URL="mysql://root@127.0.0.1:3306/${name}_restored" DATA_DIR="$work/restored"
"$here/restore-mysql.sh" "$work"/backups/ev-*.sql.gz
"${root_mysql[@]}" "${name}_restored" --execute "$figures" >"$work/after"
compare
"${root_mysql[@]}" "${name}_restored" --execute 'SHOW TRIGGERS' | grep -q journal_lines_no_update && echo '✓ the journal is append-only again'
npm run --silent db:migrate
verify

echo 'SQLite'
export DATABASE_URL='' DATA_DIR="$work/embedded"
npm run --silent db:migrate >/dev/null
npm run --silent db:seed >/dev/null
sqlite3 "$DATA_DIR/ev.db" "$figures" >"$work/before"
"$here/sqlite.sh" "$work/copies"
copy=$(ls "$work"/copies/ev-*.db.gz)
expect_refusal "$here/restore-sqlite.sh" "$copy"
export DATA_DIR="$work/again"
mkdir "$DATA_DIR"
cp "$work/embedded/secrets.json" "$DATA_DIR/" 2>/dev/null || true
"$here/restore-sqlite.sh" "$copy"
sqlite3 "$DATA_DIR/ev.db" "$figures" >"$work/after"
compare
npm run --silent db:migrate
verify
echo damage >>"$copy"
export DATA_DIR="$work/third"
expect_refusal "$here/restore-sqlite.sh" "$copy"
