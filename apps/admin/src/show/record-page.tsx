import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { type RaRecord, RecordContextProvider, useDataProvider, useResourceContext } from 'react-admin'
import { useParams } from 'react-router'
import { Failure } from './failure.tsx'
import { Loading } from './loading.tsx'

/**
 * Loads the record of the address and shows it: an outline before, plain words when it cannot be had. It is asked for by itself, because a row
 * of a list, which react-admin would show meanwhile, may hold less.
 */
export function RecordPage<T>({ children }: { children: (record: T & RaRecord) => ReactElement }) {
  const resource = useResourceContext() ?? ''
  const { id = '' } = useParams()
  const dataProvider = useDataProvider()
  const { data, error, refetch } = useQuery({
    queryKey: [resource, 'whole', id],
    queryFn: ({ signal }) => dataProvider.getOne(resource, { id, signal }),
  })
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  return <RecordContextProvider value={data.data}>{children(data.data as T & RaRecord)}</RecordContextProvider>
}
