import { DomainError } from '@ev/domain'

const MAX_DEPTH = 32
/** Names that reach an object's prototype. */
export const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Parses the bytes of a request body. Beyond the grammar it refuses, as `request.malformed`: bytes that are not UTF-8, more than 32 levels, a name twice
 * in one object (which of the two counts would depend on the reader), and names that reach an object's prototype.
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  const text = decode(bytes)
  const value = parse(text)
  inspect(text)
  return value
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw malformed('The body is not UTF-8.')
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw malformed('The body is not valid JSON.')
  }
}

/** Walks a text that is known to be valid JSON, without recursion. An entry of `open` is the set of names of an object, or null for an array. */
function inspect(text: string): void {
  const open: (Set<string> | null)[] = []
  let mayBeName = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : null)
      if (open.length > MAX_DEPTH) throw malformed(`The body is nested deeper than ${MAX_DEPTH} levels.`)
      mayBeName = true
    } else if (character === '}' || character === ']') open.pop()
    else if (character === ',') mayBeName = true
    else if (character === ':') mayBeName = false
    else if (character === '"') {
      const end = endOfString(text, at)
      const names = open.at(-1)
      if (mayBeName && names) addName(names, JSON.parse(text.slice(at, end + 1)) as string)
      at = end
    }
  }
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}

function addName(names: Set<string>, name: string): void {
  if (forbiddenNames.has(name)) throw malformed('The body has a name that is not allowed.')
  if (names.has(name)) throw malformed('The body names a field twice.')
  names.add(name)
}

function malformed(reason: string): DomainError {
  return new DomainError('request.malformed', { reason })
}
