import { checkPairsRoute } from './check-pairs.ts'
import { choosePlacementRoute } from './choose-placement.ts'
import { getMyTreeRoute } from './get-my-tree.ts'
import { listEarningsRoute } from './list-earnings.ts'
import { listPairsRoute } from './list-pairs.ts'

export const networkRoutes = [getMyTreeRoute, choosePlacementRoute, listPairsRoute, checkPairsRoute, listEarningsRoute]
