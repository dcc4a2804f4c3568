export { quietLog } from './quiet-log.ts'
export { dropMysql, eachDatabase, type MakeDatabase, newMysqlUrl, type TestDatabase } from './stacks.ts'
