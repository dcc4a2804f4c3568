export { type PlainConnection, withConnection } from '../mysql/single-connection.ts'
export { emailOf, fillLargeDatabase, fullSize, smallSize } from './large-database.ts'
export { type LegacyDatabase, makeLegacyDatabase } from './legacy/legacy-database.ts'
export { quietLog } from './quiet-log.ts'
export { type RecordedReads, recordReads, type SentStatement } from './recorded-reads.ts'
export {
  dropMysql,
  eachDatabase,
  isMysqlReachable,
  type MakeDatabase,
  newMysqlUrl,
  type TestDatabase,
} from './stacks.ts'
export { isMariaDb, measureReads, sqliteSteps, type TableRead } from './statement-plan.ts'
export { sqliteTemplate } from './templates.ts'
