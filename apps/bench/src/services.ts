/** Where the benchmarks find the services. */
export const mysqlServer = process.env['BENCH_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306'
export const redisUrl = process.env['BENCH_REDIS_URL'] ?? 'redis://127.0.0.1:6379'
export const amqpUrl = process.env['BENCH_AMQP_URL'] ?? 'amqp://guest:guest@127.0.0.1:5672'
