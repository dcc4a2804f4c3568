import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { repositoryFile } from './infra-files.ts'

type Rules = { groups: { rules: { alert: string }[] }[] }
type RuleTests = { tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[] }

const folder = fileURLToPath(new URL('../../../../infra/monitoring', import.meta.url))
const alerts = (parse(repositoryFile('infra/monitoring/alerts.yml')) as Rules).groups.flatMap(({ rules }) =>
  rules.map(({ alert }) => alert),
)
const cases = (parse(repositoryFile('infra/monitoring/alerts.test.yml')) as RuleTests).tests.flatMap(
  (each) => each.alert_rule_test,
)
/** promtool comes with Prometheus (Debian's package `prometheus`). */
const hasPromtool = spawnSync('promtool', ['--version']).error === undefined

test('each alert is seen to fire; each that has to wait, or could fire for nothing, is seen to keep quiet', () => {
  const seen = (alert: string, fires: boolean) =>
    cases.some(({ alertname, exp_alerts }) => alertname === alert && exp_alerts.length > 0 === fires)
  expect(alerts.filter((alert) => !seen(alert, true))).toEqual([])
  expect(alerts.filter((alert) => !seen(alert, false))).toEqual([])
})

test.skipIf(!hasPromtool)('the rules do on made-up figures what is said of them', () => {
  const run = (args: string[]) => execFileSync('promtool', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
  expect(run(['check', 'config', '--syntax-only', 'prometheus.yml'])).toContain('SUCCESS')
  expect(run(['test', 'rules', 'alerts.test.yml'])).toContain('SUCCESS')
})
