import { useCallback, useRef, useState } from 'react'
import { useNotify } from 'react-admin'
import { api, ask } from '../../api/client.ts'
import { messageOfError } from '../../api/problem.ts'
import { folded, grown, type NetworkTree, planted, trimmed } from './tree/network-tree.ts'
import type { TreeNode } from './tree/node-state.ts'

/** Levels that the first answer shows: fifteen cards, which fit a screen. */
export const firstDepth = 3
/** Levels that are loaded when someone opens a position, and when one merely comes into view. */
const [openedDepth, wantedDepth] = [2, 1]

/** The tree below a position and what is done to it. What is being loaded is told apart, and never asked for twice. */
export function useTree(root: TreeNode) {
  const [tree, setTree] = useState<NetworkTree>(() => planted(root, firstDepth))
  const [loading, setLoading] = useState<ReadonlySet<number>>(new Set())
  const underway = useRef(new Set<number>())
  const notify = useNotify()

  const load = useCallback(
    async (id: number, { depth, keep }: { depth: number; keep: number }) => {
      if (underway.current.has(id)) return
      underway.current.add(id)
      setLoading(new Set(underway.current))
      try {
        const answer = await ask(
          api.GET('/binary/nodes/{id}/', { params: { path: { id }, query: { depth: String(depth) } } }),
        )
        // Meanwhile it may have been folded away.
        setTree((now) => (now.members.has(id) ? trimmed(grown(now, answer, depth), { keep }) : now))
      } catch (error) {
        notify(messageOfError(error), { type: 'error' })
      } finally {
        underway.current.delete(id)
        setLoading(new Set(underway.current))
      }
    },
    [notify],
  )

  return {
    tree,
    loading,
    toggle(id: number) {
      if (tree.open.has(id)) setTree(folded(tree, id))
      else void load(id, { depth: openedDepth, keep: id })
    },
    want(ids: readonly number[], keep: number) {
      for (const id of ids) void load(id, { depth: wantedDepth, keep })
    },
  }
}
