import { expect, test } from 'vitest'
import { splitStatements } from './split-statements.ts'

test('cuts at semicolons, and drops comments and what is empty', () => {
  const script = '-- a; comment\nCREATE TABLE a (x INT);\n/* b; */ ;# c;\nINSERT INTO a VALUES (1)'
  expect(splitStatements(script)).toEqual(['CREATE TABLE a (x INT)', 'INSERT INTO a VALUES (1)'])
})

test('keeps semicolons, dashes and quotes inside quotes', () => {
  const statements = [
    `INSERT INTO a VALUES ('x;y', "p;--q", 'it''s; \\'; done')`,
    'SELECT `a;b`, 5 - -3 FROM `t`',
    "SELECT 'unfinished -- no comment'",
  ]
  expect(splitStatements(`${statements.join(';\n')};\n`)).toEqual(statements)
})

test('keeps a trigger with one statement as its body in one piece', () => {
  const trigger =
    "CREATE TRIGGER t BEFORE UPDATE ON a\nFOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a is append-only'"
  expect(splitStatements(`${trigger};`)).toEqual([trigger])
})
