import { lineTo, type ServicesStack, servicesStack } from '@ev/e2e'
import type { TcpProxy } from '@ev/messaging/testing'
import { shown, underLoad } from '../fault.ts'
import { services } from './stacks-of-faults.ts'

type WithFronts = ServicesStack & { readonly fronts: readonly TcpProxy[] }

async function behindFronts(): Promise<WithFronts> {
  const stack = await servicesStack({ apis: 2, workers: 1 })
  return { ...stack, fronts: await Promise.all(stack.urls.map(lineTo)) }
}

const mostRounds = 16
const enoughReplays = 8
const mostKills = 2

/** The first byte of an answer has been written, so its work is committed; the client never sees it, and every second time the process dies. */
export const apiDiesBeforeItsAnswer = underLoad<WithFronts>({
  letter: 'a',
  title: 'kill -9 the API between commit and answer',
  on: services,
  open: behindFronts,
  urlsOf: ({ fronts }) => fronts.map(({ port }) => `http://127.0.0.1:${port}`),
  async harm({ fronts, apis }, { traffic, more }, { progress }) {
    const kills = [0, 0]
    for (let round = 0; round < mostRounds && traffic.replays < enoughReplays; round += 1) {
      progress(`round ${round + 1}, ${traffic.replays} answers were given again`)
      const which = round % fronts.length
      await fronts[which]!.cutAfter(0, 'to_client')
      if (kills[which]! < mostKills) {
        await apis[which]!.kill()
        await apis[which]!.start()
        kills[which]! += 1
      }
      fronts[which]!.restore()
      await more(30)
    }
    const text = `the two processes killed ${kills.join(' and ')} times, ${traffic.replays} answers given again under the same key`
    return shown(kills.every((count) => count === mostKills) && traffic.replays >= enoughReplays, text)
  },
  async close({ fronts }) {
    for (const front of fronts) await front.close()
  },
})
