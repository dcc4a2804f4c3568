import { parseArgs } from 'node:util'

export type Arguments = {
  /** Letters; null for all. */
  readonly only: readonly string[] | null
  readonly seconds: number
  readonly isJson: boolean
  readonly isWriting: boolean
}

/** Reads `--only a,b --seconds 60 --json --write`. Refuses letters that no fault has. */
export function readArguments(args: readonly string[], known: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      seconds: { type: 'string', default: '60' },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  })
  const only = values.only?.split(',').map((letter) => letter.trim()) ?? null
  const unknown = only?.filter((letter) => !known.includes(letter)) ?? []
  if (unknown.length > 0) throw new Error(`There is no fault ${unknown.join(', ')}; there are: ${known.join(', ')}.`)
  const seconds = Number(values.seconds)
  if (!Number.isInteger(seconds) || seconds < 5) throw new Error('--seconds must be a whole number, at least 5.')
  return { only, seconds, isJson: values.json, isWriting: values.write }
}
