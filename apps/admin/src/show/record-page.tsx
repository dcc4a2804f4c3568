import type { ReactElement, ReactNode } from 'react'
import { type RaRecord, ShowBase, useShowContext } from 'react-admin'
import { Failure } from './failure.tsx'
import { Loading } from './loading.tsx'

/** Loads the record of the address and shows it; an outline before, plain words when it cannot be had. */
export function RecordPage<T>({ children }: { children: (record: T & RaRecord) => ReactElement }) {
  return (
    <ShowBase>
      <Loaded>{(record) => children(record as T & RaRecord)}</Loaded>
    </ShowBase>
  )
}

function Loaded({ children }: { children: (record: RaRecord) => ReactNode }) {
  const { record, error, isPending, refetch } = useShowContext()
  if (record) return children(record)
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  return isPending ? <Loading /> : null
}
