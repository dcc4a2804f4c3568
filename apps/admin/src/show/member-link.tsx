import { Skeleton } from '@mui/material'
import { useGetManyAggregate } from 'react-admin'
import { Link } from 'react-router'
import { useMay } from '../session/may.ts'

type Named = {
  readonly first_name: string
  readonly last_name: string
  readonly email: string | null
  readonly username: string
  readonly role: string
}

/** Whose it is, by name, and the way there. Pass the name when the row has it, so that nothing is asked. */
export function MemberLink({ id, name }: { id: number; name?: string }) {
  return name ? <Link to={`/members/${id}/show`}>{name}</Link> : <LookedUp id={id} />
}

function LookedUp({ id }: { id: number }) {
  // The names of a whole page are asked for together.
  const { data, isPending } = useGetManyAggregate('users', { ids: [id] }, { staleTime: 60_000, retry: false })
  const account = data?.[0] as Named | undefined
  if (isPending) return <Skeleton component="span" width={96} sx={{ display: 'inline-block' }} />
  const name = account
    ? `${account.first_name} ${account.last_name}`.trim() || (account.email ?? account.username)
    : `Account ${id}`
  return account?.role === 'user' ? <Link to={`/members/${id}/show`}>{name}</Link> : name
}

/** Who did something: an account by name where the signed-in person may look accounts up. */
export function ActorName({ id }: { id: number | null }) {
  const may = useMay()
  if (id === null) return <>The platform</>
  return may('get /users/admins/') ? <LookedUp id={id} /> : <>Account {id}</>
}
