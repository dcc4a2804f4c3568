import { type DirectValue, inList } from './direct.ts'

/** What is asked of the rows of a list, as SQL, and the values for its marks in their order. */
export type Condition = { readonly sql: string; readonly values: readonly DirectValue[] }

/** Those of the conditions that are asked for; a list without any shows every row. */
export function allOf(conditions: readonly (Condition | null)[]): Condition {
  const asked = conditions.filter((condition) => condition !== null)
  return {
    sql: asked.length === 0 ? '1=1' : asked.map(({ sql }) => sql).join(' AND '),
    values: asked.flatMap(({ values }) => values),
  }
}

/** At least one of the conditions; none of them leaves no row. */
export function anyOf(conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return { sql: '1=0', values: [] }
  return {
    sql: `(${conditions.map(({ sql }) => sql).join(' OR ')})`,
    values: conditions.flatMap(({ values }) => values),
  }
}

/** `column` compared with a value by `=`, `>=`, `<=` or `LIKE`; null when there is no value to compare with. */
export function compared(
  column: string,
  operator: '=' | '>=' | '<=' | 'LIKE',
  value: DirectValue | undefined,
): Condition | null {
  return value === undefined ? null : { sql: `${column} ${operator} ?`, values: [value] }
}

/** `column` is one of the values; of no values none. */
export function among(column: string, values: readonly number[]): Condition {
  const [first, ...others] = values
  if (first === undefined) return { sql: '1=0', values: [] }
  const list = inList([first, ...others])
  return { sql: `${column} IN (${list.marks})`, values: list.values }
}
