import { checkPairsRoute } from './check-pairs.ts'
import { choosePlacementRoute } from './choose-placement.ts'
import { explainPairRoute } from './explain-pair.ts'
import { getMyTreeRoute } from './get-my-tree.ts'
import { getNodeRoute } from './get-node.ts'
import { getNodeOfMemberRoute } from './get-node-of-member.ts'
import { getPairRoute } from './get-pair.ts'
import { listChildrenRoute } from './list-children.ts'
import { listEarningsRoute } from './list-earnings.ts'
import { listPairsRoute } from './list-pairs.ts'
import { listTeamRoute } from './list-team.ts'
import { listUplineRoute } from './list-upline.ts'
import { searchNodesRoute } from './search-nodes.ts'

export const networkRoutes = [
  getMyTreeRoute,
  choosePlacementRoute,
  searchNodesRoute,
  getNodeRoute,
  getNodeOfMemberRoute,
  listChildrenRoute,
  listUplineRoute,
  listTeamRoute,
  listPairsRoute,
  checkPairsRoute,
  getPairRoute,
  explainPairRoute,
  listEarningsRoute,
]
