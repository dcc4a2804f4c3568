import { usePermissions } from 'react-admin'
import { access } from '../generated/access.ts'

/** An operation of the API: `'post /payout/{id}/process/'`. */
export type Operation = keyof typeof access

export type Permissions = { readonly role: 'user' | 'staff' | 'admin'; readonly isSuperuser: boolean }

const rank = { nobody: 0, user: 1, staff: 2, admin: 3 } as const
const needed = { public: 0, member: 1, staff: 2, admin: 3 } as const

/** Whether the API lets this role call the operation, by the API's own description. The server decides again when it is called. */
export function may(operation: Operation, permissions: Permissions | null | undefined): boolean {
  return rank[permissions?.role ?? 'nobody'] >= needed[access[operation]]
}

/** Which operations to offer to whom is signed in. */
export function useMay(): (operation: Operation) => boolean {
  const { permissions } = usePermissions<Permissions>()
  return (operation) => may(operation, permissions)
}

/** Whether a superuser is signed in: a few operations are for them alone. */
export function useIsSuperuser(): boolean {
  return usePermissions<Permissions>().permissions?.isSuperuser ?? false
}
