import type { SvgIconComponent } from '@mui/icons-material'
import type { ComponentType } from 'react'
import type { ResourceName } from '../data/resources.ts'
import type { Operation } from '../session/may.ts'

/** The parts of the menu, in its order. */
export const groups = ['Overview', 'People', 'Sales', 'Money', 'Network', 'Compliance', 'Platform'] as const

/** Loads a component when it is first shown, so that each screen is a file of its own: `() => import('./kyc-list.tsx')`. */
export type Load = () => Promise<{ default: ComponentType }>

/**
 * One place of the console. With the name of a resource it gets react-admin's addresses (`/kyc`, `/kyc/7/show`); `page` alone is one page at `/name`.
 */
export type Screen = {
  readonly name: ResourceName | (string & {})
  readonly label: string
  readonly group: (typeof groups)[number]
  readonly icon: SvgIconComponent
  /** The screen is offered to those whom the API lets do this. */
  readonly needs: Operation
  readonly page?: Load
  readonly list?: Load
  readonly show?: Load
  readonly create?: Load
  readonly edit?: Load
  /** How a record is named in links and titles. */
  readonly nameOf?: (record: Record<string, unknown>) => string
  /** Reached from other screens only. */
  readonly isHidden?: true
}
