export { quietLog } from './quiet-log.ts'
export { dropMysql, eachDatabase, type MakeDatabase, newMysqlUrl, sqliteTemplate, type TestDatabase } from './stacks.ts'
