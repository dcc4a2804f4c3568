// A Prisma generator that writes the data model it is handed as JSON. It speaks the generator protocol: one JSON-RPC
// message a line on stdin, answers on stderr.
import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line)
  if (method === 'getManifest')
    answer(id, { manifest: { prettyName: 'data model as JSON', defaultOutput: 'dmmf.json' } })
  if (method === 'generate') {
    writeFileSync(params.generator.output.value, JSON.stringify(params.dmmf.datamodel, null, 1))
    answer(id, null)
  }
})

function answer(id, result) {
  process.stderr.write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`)
}
