import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { generateMembers, type NetworkShape, networkShapes } from '@ev/application'
import { fromHere } from './paths.ts'

// `pnpm network:generate -- --members N [--shape balanced|random|recent|chain|caterpillar] [--seed S] [--to members.csv]`: writes a network of N
// members as a file that `network:import` reads. The same numbers give the same file.
const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    members: { type: 'string' },
    shape: { type: 'string', default: 'random' },
    seed: { type: 'string', default: '1' },
    to: { type: 'string', default: 'members.csv' },
  },
})

function isShape(text: string): text is NetworkShape {
  return (networkShapes as readonly string[]).includes(text)
}

const membersAWrite = 1_000

function* lines(members: number, shape: NetworkShape, seed: number): Generator<string> {
  let text = 'member,sponsor,joined_at,side\n'
  let count = 0
  for (const { member, sponsor, joinedAt, side } of generateMembers({ members, shape, seed })) {
    text += `${member},${sponsor},${joinedAt},${side}\n`
    count += 1
    if (count % membersAWrite > 0) continue
    yield text
    text = ''
  }
  yield text
}

try {
  const [members, seed] = [Number(values.members), Number(values.seed)]
  if (!isShape(values.shape)) throw new Error(`--shape is one of ${networkShapes.join(', ')}.`)
  if (values.members === undefined) throw new Error('Say how many: --members 1000')
  if (!Number.isInteger(seed) || seed < 0) throw new Error('--seed is a whole number.')
  const file = fromHere(values.to)
  await pipeline(Readable.from(lines(members, values.shape, seed)), createWriteStream(file))
  console.log(`${members} members, ${values.shape}: ${file}`)
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}
