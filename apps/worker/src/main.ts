import { runPlatformProcess } from '@ev/application'
import { readEnvironment } from './env.ts'
import { startWorker } from './worker.ts'

await runPlatformProcess({
  readConfig: readEnvironment,
  async start(platform, { lifecycle }) {
    const worker = await startWorker(platform)
    lifecycle.onShutdown('worker', () => worker.close())
    platform.deps.log.info('The worker is ready')
  },
})
