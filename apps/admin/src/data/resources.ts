import type { ReadPath } from '../api/answer.ts'
import type { paths } from '../generated/api.ts'

type PathWith<Method extends 'post' | 'patch' | 'delete'> = {
  [Path in keyof paths]: paths[Path] extends Record<Method, object> ? Path : never
}[keyof paths]

/** How a resource of react-admin is found in the API. What it does not name cannot be done to it: rows of money are never changed or deleted. */
export type Source = {
  readonly list: ReadPath
  readonly one?: ReadPath
  readonly create?: PathWith<'post'>
  readonly change?: PathWith<'patch'>
  readonly remove?: PathWith<'delete'>
  /** The list takes `ordering`. */
  readonly isOrdered?: true
  /** The list takes `ids`: several rows are one question. */
  readonly isByIds?: true
  /** The list takes `cursor`: it is long, and counting it is left out. */
  readonly isLedger?: true
  /** What names a row when it is not `id`. */
  readonly key?: string
}

/** Every resource, under the name that screens and addresses use. */
export const resources = {
  members: { list: '/users/normal/', one: '/users/{id}/', change: '/users/{id}/', isOrdered: true },
  users: { list: '/users/', one: '/users/{id}/', change: '/users/{id}/', isOrdered: true, isByIds: true },
  kyc: { list: '/users/kyc/', one: '/users/kyc/{id}/', isOrdered: true },
  nominees: { list: '/users/nominee/', one: '/users/nominee/{id}/', isOrdered: true },
  vehicles: {
    list: '/inventory/vehicles/',
    one: '/inventory/vehicles/{id}/',
    create: '/inventory/vehicles/',
    change: '/inventory/vehicles/{id}/',
    remove: '/inventory/vehicles/{id}/',
    isOrdered: true,
  },
  bookings: {
    list: '/booking/bookings/',
    one: '/booking/bookings/{id}/',
    change: '/booking/bookings/{id}/',
    isOrdered: true,
  },
  payments: { list: '/booking/payments/', one: '/booking/payments/{id}/', isLedger: true },
  payouts: { list: '/payout/', one: '/payout/{id}/', isOrdered: true },
  'payout-transactions': { list: '/payout/transactions/' },
  'payout-batches': { list: '/payout/batches/', one: '/payout/batches/{id}/' },
  'wallet-transactions': { list: '/wallet/transactions/', one: '/wallet/transactions/{id}/', isLedger: true },
  pairs: { list: '/binary/pairs/', one: '/binary/pairs/{id}/', isLedger: true },
  team: { list: '/binary/team/', isLedger: true },
  documents: { list: '/compliance/documents/', one: '/compliance/documents/{id}/', isOrdered: true },
  tds: { list: '/compliance/tds/' },
  notifications: { list: '/notifications/', isLedger: true },
  sessions: { list: '/auth/sessions/', remove: '/auth/sessions/{id}/' },
  'audit-log': { list: '/admin/audit-log/', isLedger: true },
  outbox: { list: '/admin/outbox/' },
  parked: { list: '/admin/parked/' },
  plans: { list: '/admin/plans/', one: '/admin/plans/{version}/', create: '/admin/plans/', key: 'version' },
} as const satisfies Record<string, Source>

export type ResourceName = keyof typeof resources
