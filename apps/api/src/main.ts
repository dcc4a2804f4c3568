import { runPlatformProcess } from '@ev/application'
import { startApi } from './api.ts'
import { apiOptions, readEnvironment } from './env.ts'

await runPlatformProcess({
  readConfig: readEnvironment,
  async start(platform, { config, lifecycle }) {
    const api = await startApi(platform, { ...apiOptions(config), host: config.HOST, port: config.PORT })
    lifecycle.onShutdown('api', () => api.close())
    platform.deps.log.info({ host: config.HOST, port: api.port }, 'The API is ready')
  },
})
