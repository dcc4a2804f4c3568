import type { Application } from 'express'
import helmet from 'helmet'

/**
 * What every answer of the app has in common: security headers, no hint of the software, and trust in forwarded addresses from the listed
 * proxies only (addresses or CIDR ranges; none when the list is empty).
 */
export function secureApp(app: Application, options: { trustedProxies: readonly string[]; isHttps: boolean }): void {
  app.disable('x-powered-by')
  app.set('trust proxy', options.trustedProxies.length > 0 ? [...options.trustedProxies] : false)
  app.set('query parser', 'simple')
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          'default-src': ["'self'"],
          'base-uri': ["'none'"],
          'font-src': ["'self'", 'data:'],
          'form-action': ["'self'"],
          'frame-ancestors': ["'none'"],
          'img-src': ["'self'", 'data:', 'blob:'],
          'object-src': ["'none'"],
          'script-src': ["'self'"],
          'style-src': ["'self'", "'unsafe-inline'"],
          ...(options.isHttps ? { 'upgrade-insecure-requests': [] } : {}),
        },
      },
      strictTransportSecurity: options.isHttps,
      referrerPolicy: { policy: 'no-referrer' },
    }),
  )
}
