import { Box, Card } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { type RefObject, useMemo, useState } from 'react'
import { NodePanel } from './node-panel.tsx'
import { explanationQuery, PairExplanation } from './pair-explanation.tsx'
import type { TreeNode } from './tree/node-state.ts'
import { TreeCanvas } from './tree/tree-canvas.tsx'
import { useTree } from './use-tree.ts'

type ExplorerProps = {
  readonly root: TreeNode
  /** Whether the picture takes the focus when it is made. */
  readonly refocus: RefObject<boolean>
  /** The pair that is explained, or none. */
  readonly pair: number | null
  readonly onOpen: (node: number) => void
  readonly onPair: (pair: number | null) => void
}

/** The picture below a position, and beside it what is to know about the member who is chosen, or why a pair was made. */
export function Explorer({ root, refocus, pair, onOpen, onPair }: ExplorerProps) {
  const { tree, loading, toggle, want } = useTree(root)
  const [chosen, setChosen] = useState(root.id)
  const { data: explained } = useQuery({ ...explanationQuery(pair ?? 0), enabled: pair !== null })
  const marked = useMemo(
    () => new Set(pair !== null && explained ? [explained.left.node, explained.right.node] : []),
    [pair, explained],
  )
  const selected = tree.members.get(chosen) ?? tree.members.get(tree.rootId)!
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 360px' } }}>
      <Card sx={{ height: { xs: '60vh', lg: 'calc(100vh - 220px)' }, minHeight: 420 }}>
        <TreeCanvas
          tree={tree}
          refocus={refocus}
          selectedId={selected.id}
          marked={marked}
          loading={loading}
          onSelect={setChosen}
          onToggle={toggle}
          onOpen={onOpen}
          onRise={() => root.parent !== null && onOpen(root.parent)}
          onWanted={(ids) => want(ids, selected.id)}
        />
      </Card>
      <Card
        component="aside"
        aria-label={pair === null ? 'The chosen member' : 'Why the pair was made'}
        sx={{ maxHeight: { lg: 'calc(100vh - 220px)' }, minHeight: { lg: 420 }, overflowY: 'auto' }}
        tabIndex={0}
      >
        {pair === null ? (
          <NodePanel member={selected} isRoot={selected.id === tree.rootId} onOpen={onOpen} onPair={onPair} />
        ) : (
          <PairExplanation pair={pair} onOpen={onOpen} onClose={() => onPair(null)} />
        )}
      </Card>
    </Box>
  )
}
