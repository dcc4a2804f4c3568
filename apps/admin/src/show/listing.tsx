import { Box, Card } from '@mui/material'
import type { ComponentProps, ReactElement, ReactNode } from 'react'
import {
  CreateButton,
  ExportButton,
  FilterButton,
  List,
  type ListProps,
  Pagination,
  TopToolbar,
  useListContext,
} from 'react-admin'
import { exportRows } from '../data/export-rows.ts'
import { type ResourceName, resources, type Source } from '../data/resources.ts'
import { Empty } from './empty.tsx'
import { Failure } from './failure.tsx'

const mostExported = 5_000

type ListingProps = Pick<
  ListProps,
  'sort' | 'title' | 'filter' | 'filterDefaultValues' | 'aside' | 'queryOptions' | 'storeKey'
> & {
  readonly resource?: ResourceName
  /** Inputs for what the API's list takes; those with `alwaysOn` stand above the rows. */
  readonly filters?: ReactElement[]
  /** What to say when there is nothing, and what to do then. */
  readonly empty: ReactNode
  /** What to say when nothing is left under the filter that the list opens with: the work is done. */
  readonly done?: string
  readonly hasCreate?: boolean
  readonly canExport?: boolean
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A list of a resource: filters, rows, pages, export as CSV, and plain words for an empty or a failed one. */
export function Listing(props: ListingProps) {
  const { filters = [], empty, done, hasCreate = false, canExport = true, actions, children, ...list } = props
  const hasMoreFilters = filters.some(({ props }) => !(props as { alwaysOn?: boolean }).alwaysOn)
  return (
    <List
      {...list}
      // A list inside another screen leaves that screen's title alone.
      title={list.resource === undefined ? list.title : false}
      perPage={25}
      filters={filters.length > 0 ? filters : undefined}
      empty={false}
      component={Box}
      exporter={(rows, _fetch, _provider, resource) => exportRows(rows, resource ?? 'rows')}
      pagination={<Pages />}
      actions={
        <TopToolbar>
          {actions}
          {hasMoreFilters && <FilterButton />}
          {hasCreate && <CreateButton />}
          {canExport && <ExportButton maxResults={mostExported} />}
        </TopToolbar>
      }
      disableSyncWithLocation={list.resource !== undefined}
    >
      <Rows empty={empty} done={done} opensWith={list.filterDefaultValues}>
        {children}
      </Rows>
    </List>
  )
}

type RowsProps = Pick<ListingProps, 'empty' | 'done' | 'children'> & { readonly opensWith: object | undefined }

function Rows({ empty, done, opensWith, children }: RowsProps) {
  const { error, isPending, total, data, filterValues, setFilters, refetch } = useListContext()
  if (error) return <Failure error={error} onRetry={refetch} />
  const isEmpty = !isPending && (total === 0 || data?.length === 0)
  if (!isEmpty) return <Card sx={{ overflowX: 'auto' }}>{children}</Card>
  const clear = () => setFilters({}, {})
  if (Object.keys(filterValues).length === 0) return <NothingHere title={empty} />
  if (done && JSON.stringify(filterValues) === JSON.stringify(opensWith)) {
    return <NothingHere title={done} action={{ label: 'Show all', onClick: clear }} />
  }
  return <NothingHere title="Nothing matches these filters." action={{ label: 'Clear the filters', onClick: clear }} />
}

function NothingHere(props: ComponentProps<typeof Empty>) {
  return (
    <Card>
      <Empty {...props} />
    </Card>
  )
}

/** Numbered pages where the API counts; where it does not, only back and forth. */
function Pages() {
  const { resource, total } = useListContext()
  const source: Source | undefined = resources[resource as ResourceName]
  return <Pagination rowsPerPageOptions={source?.isLedger && total === undefined ? [25, 50, 100] : [10, 25, 50, 100]} />
}
