#!/usr/bin/env bash
# Whether docker-compose.yml says what it seems to: read by docker-compose itself (no engine is needed for that), with secrets made in passing.
set -euo pipefail
cd "$(dirname "$0")/.."
if command -v docker-compose >/dev/null; then compose=(docker-compose)
elif docker compose version >/dev/null 2>&1; then compose=(docker compose)
else echo 'Neither docker-compose nor the compose plugin is here; nothing was checked.'; exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/infra"
cp docker-compose.yml "$work/"
cp -r infra/nginx infra/mysql infra/redis infra/rabbitmq infra/docker "$work/infra/"
cp infra/platform.env.example "$work/infra/platform.env"
node infra/make-secrets.mjs "$work/infra/secrets" >/dev/null
"${compose[@]}" --project-directory "$work" --file "$work/docker-compose.yml" config >"$work/read.yml"
echo "docker-compose.yml is read by $("${compose[@]}" version --short): $("${compose[@]}" --project-directory "$work" --file "$work/docker-compose.yml" config --services | sort | xargs)"
