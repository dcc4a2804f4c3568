import { expect, test } from 'vitest'
import { sqliteFile } from '../database-url.ts'
import { databaseName, poolOptions } from './connection-options.ts'

test('reads every part of the URL', () => {
  const url = 'mysql://ev:p%40ss@[::1]:3307/ev_main?ssl=true&allowPublicKeyRetrieval=false'
  expect(poolOptions(url, { poolSize: 7 })).toMatchObject({
    host: '::1',
    port: 3307,
    user: 'ev',
    password: 'p@ss',
    database: 'ev_main',
    ssl: true,
    allowPublicKeyRetrieval: false,
    connectionLimit: 7,
  })
})

test('refuses a parameter that would do nothing, and a database name that needs quoting', () => {
  expect(() => poolOptions('mysql://root@localhost/ev?connection_limit=5', { poolSize: 5 })).toThrow('connection_limit')
  expect(() => databaseName('mysql://root@localhost/a%60b')).toThrow('letters, digits and underscores')
  expect(() => databaseName('mysql://root@localhost')).toThrow('must name a database')
})

test('an SQLite URL names an absolute path', () => {
  expect(sqliteFile('file:/data/ev.db')).toBe('/data/ev.db')
  expect(sqliteFile('file:///data/ev.db')).toBe('/data/ev.db')
  expect(() => sqliteFile('file:ev.db')).toThrow('absolute path')
})
