/** Where this package reports what is not an answer to its caller. A pino logger fits. */
export type Log = {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}
