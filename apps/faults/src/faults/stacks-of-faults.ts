import { type ServicesStack, servicesStack } from '@ev/e2e'

/** What most faults run on, in words and as it is. */
export const services = 'MariaDB, Redis, RabbitMQ'

export const embedded = 'SQLite, one process'

export const oneOfEach = (): Promise<ServicesStack> => servicesStack({ apis: 1, workers: 1 })
