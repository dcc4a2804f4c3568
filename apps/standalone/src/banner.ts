import type { StandaloneConfig } from './env.ts'

/** Where to go and whom to be, printed once everything runs. */
export function banner(options: { port: number; host: string; isDemo: boolean; platform: StandaloneConfig }): string {
  const { port, host, isDemo, platform } = options
  const url = `http://${host === '127.0.0.1' || host === '0.0.0.0' ? 'localhost' : host}:${port}`
  const on = [
    platform.DATABASE_URL ? 'MySQL' : 'SQLite',
    platform.REDIS_URL ? 'Redis' : 'cache in the process',
    platform.AMQP_URL ? 'RabbitMQ' : 'queues in the database',
  ]
  const logins = [
    '',
    '  Log in by a code, which arrives in the mailbox:',
    '    admin@example.com   superuser',
    '    staff@example.com   staff',
    '    asha@example.com    distributor with a small network',
  ]
  return [
    '',
    `  The platform runs at ${url}  (${on.join(', ')})`,
    '',
    `    Console   ${url}/admin/`,
    `    API       ${url}/api/`,
    `    Docs      ${url}/docs`,
    `    Mailbox   ${url}/dev/mailbox`,
    `    Health    ${url}/health/ready`,
    ...(isDemo ? logins : []),
    '',
    '  In another terminal:  npm run demo     the main job, told step by step',
    '                        npm run studio   the database in Prisma Studio',
    `  Ctrl-C stops it; the data stays in ${platform.DATA_DIR}`,
    '',
  ].join('\n')
}
