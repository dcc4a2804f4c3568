import { addPlatformMetrics, runPlatformProcess } from '@ev/application'
import { readEnvironment } from './env.ts'
import { createWorkerMetrics } from './metrics.ts'
import { serveMetrics } from './metrics-server.ts'
import { startWorker } from './worker.ts'

await runPlatformProcess({
  readConfig: readEnvironment,
  async start(platform, { config, lifecycle }) {
    const { deps, transport } = platform
    const metrics = createWorkerMetrics({ process: true })
    if (config.METRICS_PORT !== undefined) {
      addPlatformMetrics(metrics.registry, { ...deps, transport })
      const address = { host: config.METRICS_HOST, port: config.METRICS_PORT }
      const server = await serveMetrics(metrics.registry, { ...address, log: deps.log })
      lifecycle.onShutdown('metrics', () => server.close())
    }
    const worker = await startWorker(platform, { metrics })
    lifecycle.onShutdown('worker', () => worker.close())
    deps.log.info('The worker is ready')
  },
})
