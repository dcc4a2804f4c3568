import { secretVariables } from '@ev/runtime'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { repositoryFile } from './infra-files.ts'

type Service = {
  image?: string
  user?: string
  restart?: string
  read_only?: boolean
  cap_drop?: string[]
  environment?: Record<string, string>
  secrets?: string[]
  volumes?: string[]
  healthcheck?: { test?: unknown; disable?: boolean }
  deploy?: { resources?: { limits?: { memory?: string; cpus?: string } } }
}
type Compose = {
  services: Record<string, Service>
  volumes: Record<string, unknown>
  secrets: Record<string, { file: string }>
}

const compose = parse(repositoryFile('docker-compose.yml'), { merge: true }) as Compose
const services = Object.entries(compose.services)

test.each(services)('%s is hardened, watched and limited', (name, service) => {
  expect(service.read_only).toBe(true)
  expect(service.cap_drop).toEqual(['ALL'])
  expect(service.restart).toBe(name === 'migrate' ? 'no' : 'unless-stopped')
  expect(service.deploy?.resources?.limits).toMatchObject({ memory: expect.any(String), cpus: expect.any(String) })
  if (!['migrate', 'worker'].includes(name)) expect(service.healthcheck?.test).toBeDefined()
  // The image of the platform itself names its user in the Dockerfile.
  if (!service.image?.startsWith('ev-platform')) expect(service.user).toMatch(/^[1-9]\d*:[1-9]\d*$/)
  for (const volume of service.volumes ?? []) {
    const source = volume.split(':')[0] ?? ''
    expect(source.startsWith('./infra/') || source in compose.volumes, volume).toBe(true)
  }
})

test('every secret is handed over as a file that is declared, and none as a value', () => {
  const handedOver = (service: Service) => Object.keys(service.environment ?? {})
  for (const [name, service] of services) {
    for (const secret of service.secrets ?? []) expect(compose.secrets, name).toHaveProperty(secret)
    for (const variable of handedOver(service)) expect(secretVariables, `${name}: ${variable}`).not.toContain(variable)
    for (const [variable, path] of Object.entries(service.environment ?? {})) {
      if (!variable.endsWith('_FILE')) continue
      expect(service.secrets, `${name}: ${variable}`).toContain(path.replace('/run/secrets/', ''))
    }
  }
  const { files, unused } = { files: Object.keys(compose.secrets), unused: new Set(Object.keys(compose.secrets)) }
  for (const [, service] of services) for (const secret of service.secrets ?? []) unused.delete(secret)
  expect(files.length).toBeGreaterThan(10)
  expect([...unused]).toEqual([])
})

test('the image drops root and is built in stages', () => {
  const dockerfile = repositoryFile('infra/docker/Dockerfile')
  expect(dockerfile.match(/^FROM /gm)).toHaveLength(2)
  expect(dockerfile).toMatch(/^USER node$/m)
  expect(dockerfile).toMatch(/^HEALTHCHECK /m)
})
