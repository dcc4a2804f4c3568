export { type ApiOptions, type ApiPlatform, createApi, startApi } from './api.ts'
export type { ApiDeps } from './define-route.ts'
export { type ApiConfig, apiConfig, apiOptions } from './env.ts'
export { routes } from './routes.ts'
