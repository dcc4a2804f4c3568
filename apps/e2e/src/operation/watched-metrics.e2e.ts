import { createMetrics } from '@ev/api'
import { addPlatformMetrics } from '@ev/application'
import { handlerNames } from '@ev/messaging'
import { createWorkerMetrics } from '@ev/worker'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { repositoryFile } from './infra-files.ts'

type Rules = { groups: { rules: { alert: string; expr: string; labels: { severity: string } }[] }[] }
type Dashboard = { panels: { targets?: { expr: string }[] }[] }

const rules = (parse(repositoryFile('infra/monitoring/alerts.yml')) as Rules).groups.flatMap((group) => group.rules)
const dashboard = JSON.parse(repositoryFile('infra/monitoring/dashboard.json')) as Dashboard
const expressions = [
  ...rules.map(({ expr }) => expr),
  ...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
]

/** What PromQL says besides the names of metrics. */
const words = new Set('sum max rate histogram_quantile topk time absent vector by le and or without on'.split(' '))

/** The metrics that an expression names: words outside of quotes, of label matchers and of lists of labels. */
function metricsOf(expression: string): string[] {
  const bare = expression
    .replaceAll(/\{[^}]*\}/g, '')
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/\bby \([^)]*\)/g, '')
  return [...bare.matchAll(/[a-z_][a-z0-9_]*/g)].map(([word]) => word).filter((word) => !words.has(word))
}

/** What Prometheus itself says of a process, and RabbitMQ of its queues. */
const ofOthers = ['up', 'rabbitmq_queue_consumers']

/** What an api and a worker process register; nothing is read from the platform for it. */
function registeredNames(): string[] {
  const never = {} as Parameters<typeof addPlatformMetrics>[1]
  return [createMetrics({ process: true }), createWorkerMetrics({ process: false })].flatMap(({ registry }) => {
    addPlatformMetrics(registry, never)
    return registry.getMetricsAsArray().flatMap((metric) => {
      const parts = 'buckets' in metric ? ['_bucket', '_count', '_sum'] : ['']
      return parts.map((part) => metric.name + part)
    })
  })
}

test('rules and dashboard watch only what the code registers', () => {
  const registered = new Set([...ofOthers, ...registeredNames()])
  const named = expressions.flatMap(metricsOf)
  expect(new Set(named).size).toBeGreaterThan(7)
  expect(named.filter((name) => !registered.has(name))).toEqual([])
})

test('what the platform alone can tell is watched', () => {
  const { registry } = createMetrics({ process: false })
  addPlatformMetrics(registry, {} as Parameters<typeof addPlatformMetrics>[1])
  const watched = new Set(expressions.flatMap(metricsOf).map((name) => name.replace(/_(bucket|count|sum)$/, '')))
  expect(registry.getMetricsAsArray().filter(({ name }) => !watched.has(name))).toEqual([])
})

test('somebody is woken for parked messages that hold money or places, and for those only', () => {
  const expr = rules.find(({ alert }) => alert === 'ParkedMoneyMessages')?.expr ?? ''
  const matcher = new RegExp(`^(${/=~"([^"]*)"/.exec(expr)?.[1]?.replaceAll('\\\\', '\\')})$`)
  const woken = handlerNames.filter((name) => matcher.test(name))
  expect(woken).toEqual(handlerNames.filter((name) => !name.startsWith('notifications.')))
})

test('the handbook says what to do about each alert', () => {
  const handbook = repositoryFile('docs/operating.md')
  expect(rules.filter(({ alert }) => !handbook.includes(`**${alert}**`)).map(({ alert }) => alert)).toEqual([])
  expect(rules.filter(({ labels }) => !['page', 'ticket'].includes(labels.severity))).toEqual([])
})

test.each([
  ['sum by (status) (rate(made_up_total{a="b"}[5m])) > 1', ['made_up_total']],
  ['time() - max(a_seconds) > 26 * 3600 and b_bytes', ['a_seconds', 'b_bytes']],
])('%s names its metrics', (expression, names) => {
  expect(metricsOf(expression)).toEqual(names)
})
