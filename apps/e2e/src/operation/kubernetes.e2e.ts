import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { apiConfig } from '@ev/api'
import { parseConfig, secretVariables } from '@ev/runtime'
import { workerConfig } from '@ev/worker'
import type { Deployment } from 'kubernetes-types/apps/v1.js'
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2.js'
import type { Job } from 'kubernetes-types/batch/v1.js'
import type { Container, PodSpec, Service } from 'kubernetes-types/core/v1.js'
import type { NetworkPolicy } from 'kubernetes-types/networking/v1.js'
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1.js'
import { afterAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { repositoryFile } from './infra-files.ts'
import { kustomizationFolders, kustomizationOf, type Manifest, manifestsOf, schemaProblems } from './manifests.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const places = [...kustomizationFolders, 'infra/nginx']
const manifests = places.flatMap((place) =>
  (kustomizationOf(place).resources ?? [])
    .filter((resource) => resource.endsWith('.yaml'))
    .flatMap((file) => manifestsOf(`${place}/${file}`)),
)
const ofKind = <T>(kind: string) => manifests.filter((manifest) => manifest.kind === kind) as unknown as T[]
const deployments = ofKind<Deployment>('Deployment')
const workloads = [...deployments, ...ofKind<Job>('Job')].map((workload) => ({
  name: workload.metadata?.name ?? '',
  labels: workload.spec?.template.metadata?.labels ?? {},
  pod: workload.spec?.template.spec as PodSpec,
}))
const podOf = (name: string) => workloads.find((workload) => workload.name === name)!.pod
const generators = places.flatMap((place) => {
  const { configMapGenerator = [], secretGenerator = [] } = kustomizationOf(place)
  return [...configMapGenerator, ...secretGenerator].map((generator) => ({ place, ...generator }))
})
const scratch = mkdtempSync(join(tmpdir(), 'ev-kubernetes-'))
afterAll(() => rmSync(scratch, { recursive: true }))

test('each manifest is what the cluster calls its kind, and a misspelt field is noticed', () => {
  expect(schemaProblems(manifests)).toEqual([])
  const [api] = manifests.filter(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'api')
  const misspelt = { ...api, spec: { ...api?.spec, replicaz: 2 } } as unknown as Manifest
  expect(schemaProblems([misspelt]).join()).toContain('replicaz')
})

test('every file is part of a kustomization, and every file that one names is there or is the operator’s to add', () => {
  for (const place of places) {
    const named = new Set(kustomizationOf(place).resources)
    for (const resource of named) expect(existsSync(join(root, place, resource)), `${place}/${resource}`).toBe(true)
    const found = readdirSync(join(root, place)).filter((name) => /\.yaml$/.test(name) && name !== 'kustomization.yaml')
    expect(found.filter((name) => !named.has(name))).toEqual([])
  }
  const files = generators.flatMap(({ place, files = [] }) => files.map((file) => `${place}/${file}`))
  expect(files.filter((file) => !file.includes('/secrets/') && !existsSync(join(root, file)))).toEqual([])
  const ofNginx = readdirSync(join(root, 'infra/nginx')).filter((name) => name.endsWith('.conf'))
  const mounted = files.map((file) => basename(file)).filter((name) => name.endsWith('.conf'))
  expect(mounted.sort()).toEqual(ofNginx.sort())
})

test.each(workloads)('$name runs without root on a read-only image, within limits', ({ pod }) => {
  expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } })
  expect(pod.automountServiceAccountToken).toBe(false)
  for (const container of pod.containers) {
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    expect(container.resources?.requests).toMatchObject({ cpu: expect.any(String), memory: expect.any(String) })
    expect(container.resources?.limits).toMatchObject({ memory: expect.any(String) })
    const volumes = new Set(pod.volumes?.map(({ name }) => name))
    expect(container.volumeMounts?.filter(({ name }) => !volumes.has(name))).toEqual([])
  }
})

test('the same image serves api, worker and migrations, and runs programs that it holds', () => {
  const own = ['api', 'worker', 'migrate'].map((name) => podOf(name).containers[0]!)
  expect(new Set(own.map(({ image }) => image))).toEqual(new Set(['ev-platform:latest']))
  const bundle = repositoryFile('infra/docker/bundle.mjs')
  for (const { args } of own) {
    const program = /^dist\/(.*)\.mjs$/.exec(args?.[0] ?? '')?.[1]
    expect(bundle).toMatch(new RegExp(`^ {2}'?${program}'?: 'apps/`, 'm'))
  }
  const compose = parse(repositoryFile('docker-compose.yml'), { merge: true }) as {
    services: { nginx: { image: string } }
  }
  expect(podOf('nginx').containers[0]?.image).toBe(compose.services.nginx.image)
})

test('selectors find their pods, ports that are named exist, and what is generated is what is mounted', () => {
  const found = (selector: Record<string, string> | undefined) =>
    workloads.filter(({ labels }) => Object.entries(selector ?? { none: '' }).every(([key, is]) => labels[key] === is))
  for (const { metadata, spec } of deployments) {
    expect(found(spec?.selector.matchLabels).map(({ name }) => name)).toEqual([metadata?.name])
    for (const spread of spec?.template.spec?.topologySpreadConstraints ?? [])
      expect(spread.labelSelector).toEqual(spec?.selector)
  }
  const ports = (pod: PodSpec) => pod.containers.flatMap((each) => each.ports ?? []).map(({ name }) => name)
  for (const { spec } of ofKind<Service>('Service')) {
    const [target] = found(spec?.selector)
    for (const { targetPort } of spec?.ports ?? []) expect(ports(target!.pod)).toContain(targetPort)
  }
  for (const { metadata, spec } of ofKind<PodDisruptionBudget>('PodDisruptionBudget')) {
    expect(found(spec?.selector?.matchLabels).map(({ name }) => name)).toEqual([metadata?.name])
  }
  const allPorts = new Set(workloads.flatMap(({ pod }) => ports(pod)))
  for (const { spec } of ofKind<NetworkPolicy>('NetworkPolicy')) {
    const { matchLabels } = spec!.podSelector
    if (matchLabels) expect(found(matchLabels)).toHaveLength(1)
    for (const { port } of (spec?.ingress ?? []).flatMap((rule) => rule.ports ?? [])) expect(allPorts).toContain(port)
  }
  const [hpa] = ofKind<HorizontalPodAutoscaler>('HorizontalPodAutoscaler')
  expect(deployments.map(({ metadata }) => metadata?.name)).toContain(hpa?.spec?.scaleTargetRef.name)
  const names = generators.map(({ name }) => name)
  for (const { pod } of workloads) {
    const maps = (pod.volumes ?? []).flatMap(({ projected }) => projected?.sources ?? [])
    const wanted = [
      ...maps.map(({ configMap }) => configMap?.name),
      ...(pod.volumes ?? []).flatMap(({ secret }) => secret?.secretName ?? []),
      ...pod.containers.flatMap(({ envFrom = [] }) => envFrom.map(({ configMapRef }) => configMapRef?.name)),
    ]
    for (const name of wanted) expect(names).toContain(name)
  }
})

test('probes ask what is answered', () => {
  const answered: Record<string, string> = {
    api: repositoryFile('apps/api/src/http/health.ts'),
    worker: repositoryFile('apps/worker/src/metrics-server.ts'),
    nginx: repositoryFile('infra/nginx/redirect.conf'),
  }
  for (const [name, source] of Object.entries(answered)) {
    const { startupProbe, livenessProbe, readinessProbe, ports = [] } = podOf(name).containers[0] as Container
    for (const probe of [startupProbe, livenessProbe, readinessProbe]) {
      expect(source).toMatch(new RegExp(`['= ]${probe?.httpGet?.path}[' ]`))
      expect(ports.map((port) => port.name)).toContain(probe?.httpGet?.port)
    }
    expect(livenessProbe?.httpGet?.path).not.toContain('ready')
  }
})

test('a pod that ends has time for what it has begun', () => {
  for (const { name, pod } of workloads.filter((workload) => workload.name !== 'migrate')) {
    const [container] = pod.containers
    const waits = (container?.lifecycle?.preStop?.exec?.command ?? []).join(' ').matchAll(/sleep (\d+)/g)
    const before = [...waits].reduce((sum, [, seconds]) => sum + Number(seconds), 0)
    const after = name === 'nginx' ? 0 : 30
    expect(pod.terminationGracePeriodSeconds, name).toBeGreaterThanOrEqual(before + after + 10)
  }
})

test('the database takes the connections of all pods, also while they are replaced', () => {
  const [hpa] = ofKind<HorizontalPodAutoscaler>('HorizontalPodAutoscaler')
  const worker = deployments.find(({ metadata }) => metadata?.name === 'worker')
  const processes = hpa!.spec!.maxReplicas + 1 + worker!.spec!.replicas! + 1 + 1
  const limit = Number(/max_connections = (\d+)/.exec(repositoryFile('infra/mysql/my.cnf'))?.[1])
  expect(processes * apiConfig.shape.DATABASE_POOL_SIZE.parse(undefined)).toBeLessThan(limit - 20)
})

test('production accepts what the pods are given, once the operator has filled it in', () => {
  const platform = generators.filter(({ name }) => name === 'platform')
  const literals = Object.fromEntries(
    platform.flatMap(({ literals = [] }) => literals).map((line) => line.split(/=(.*)/, 2) as [string, string]),
  )
  const files = new Set(platform.flatMap(({ files = [] }) => files).map((file) => basename(file)))
  const secretsOf: Record<string, string> = {
    database_url: 'mysql://ev:pw@db/ev',
    redis_url: 'rediss://cache',
    amqp_url: 'amqps://broker',
    smtp_url: 'smtps://mail',
  }
  const given: Record<string, string> = {}
  for (const [variable, value] of Object.entries(literals)) {
    const secret = basename(value)
    given[variable] = value
    if (!variable.endsWith('_FILE')) continue
    expect(secretVariables).toContain(variable.replace(/_FILE$/, ''))
    expect(files.delete(secret), secret).toBe(true)
    given[variable] = join(scratch, secret)
    writeFileSync(given[variable], secretsOf[secret] ?? `${secret}-0123456789-abcdefghijklmnopq`)
  }
  expect([...files]).toEqual([])
  const filledIn: Record<string, string> = {
    SMS_DLT_ENTITY_ID: '1101234567890123456',
    SMS_DLT_HEADER: 'EVPLAT',
    SMS_CODE_TEMPLATE_TEXT: '{#var#} is your code.',
    SMS_NOTICE_TEMPLATE_TEXT: 'EV: {#var#}.',
  }
  // The bucket is no choice here: pods share no folder.
  const lines = repositoryFile('infra/platform.env.example').replaceAll(/^# (S3_\w+=)/gm, '$1')
  for (const [, name = '', value] of lines.matchAll(/^([A-Z_0-9]+)=(.*)$/gm)) {
    given[name] = value || filledIn[name] || 'filled-in'
  }
  const configs: Record<string, typeof apiConfig | typeof workerConfig> = {
    api: apiConfig,
    worker: workerConfig,
    migrate: workerConfig,
  }
  for (const [name, config] of Object.entries(configs)) {
    const own = podOf(name).containers[0]?.env ?? []
    for (const variable of own) expect(Object.keys(config.shape), name).toContain(variable.name)
    const env = { ...given, ...Object.fromEntries(own.map((each) => [each.name, each.value ?? ''])) }
    expect(parseConfig(config, env)).toMatchObject({ NODE_ENV: 'production', S3_BUCKET: 'filled-in' })
  }
})
