import type { DataProvider, Identifier, PaginationPayload, RaRecord, SortPayload } from 'react-admin'
import { api, ask } from '../api/client.ts'
import { type ResourceName, resources, type Source } from './resources.ts'

/** The API answers at most so many rows at once; an export walks the pages. */
const mostPerPage = 100

type Query = Readonly<Record<string, unknown>>
type List = { results: RaRecord[]; count?: number; next?: string | null; next_cursor?: string | null }
type ListParams = {
  pagination?: PaginationPayload
  sort?: SortPayload
  filter?: Query
  signal?: AbortSignal
}

/** The paths are chosen by a table at run time, so the types of the single calls are left behind here, and only here. */
const anyApi = api as unknown as Record<
  'GET' | 'POST' | 'PATCH' | 'DELETE',
  (path: string, init: object) => Promise<{ data?: unknown; error?: unknown; response: Response }>
>

function sourceOf(resource: string): Source {
  const source: Source | undefined = resources[resource as ResourceName]
  if (!source) throw new Error(`There is no resource ${resource}.`)
  return source
}

/** A row with its `id`, which is its key where the API names it otherwise. */
const recordOf = ({ key = 'id' }: Source, row: RaRecord): RaRecord => ({ ...row, id: row[key] as Identifier })

/** The path of one row with its parameter filled in. */
function addressed(resource: string, action: 'one' | 'change' | 'remove', id: Identifier) {
  const path = sourceOf(resource)[action]
  if (path === undefined) throw new Error(`The API does not offer this for ${resource}.`)
  return { path, params: { path: { id, version: id } } }
}

/** Where the pages of a ledger begin that was looked through so far; `null` stands for the end. */
const cursors = new Map<string, string>()
const mostCursors = 500

function rememberCursor(key: string, cursor: string): void {
  if (cursors.size >= mostCursors) cursors.delete(cursors.keys().next().value ?? '')
  cursors.set(key, cursor)
}

async function readPage(resource: string, { pagination, sort, filter = {}, signal }: ListParams) {
  const source = sourceOf(resource)
  const { page, perPage } = pagination ?? { page: 1, perPage: mostPerPage }
  const wanted: Query = {
    ...filter,
    page_size: perPage,
    ...(source.isOrdered && sort && { ordering: `${sort.order === 'DESC' ? '-' : ''}${sort.field}` }),
  }
  const place = (at: number) => JSON.stringify([resource, wanted, at])
  const cursor = page === 1 ? '' : cursors.get(place(page))
  const query = source.isLedger && cursor !== undefined ? { ...wanted, cursor } : { ...wanted, page }
  const answer = (await ask(anyApi.GET(source.list, { params: { query }, signal: signal ?? null }))) as List
  if (answer.next_cursor) rememberCursor(place(page + 1), answer.next_cursor)
  const hasNextPage = Boolean(answer.next ?? answer.next_cursor)
  // The last page of a ledger says how many there are, though nothing has counted them.
  const counted = hasNextPage ? undefined : (page - 1) * perPage + answer.results.length
  return { data: answer.results.map((row) => recordOf(source, row)), hasNextPage, total: answer.count ?? counted }
}

/** One page; or, for an export, as many rows as are wanted, read page by page. */
async function readList(resource: string, params: ListParams) {
  const { page, perPage } = params.pagination ?? { page: 1, perPage: mostPerPage }
  if (perPage <= mostPerPage) {
    const { data, total, hasNextPage } = await readPage(resource, params)
    return { data, ...(total === undefined ? {} : { total }), pageInfo: { hasNextPage, hasPreviousPage: page > 1 } }
  }
  const data: RaRecord[] = []
  for (let at = 1; data.length < perPage; at += 1) {
    const part = await readPage(resource, { ...params, pagination: { page: at, perPage: mostPerPage } })
    data.push(...part.data)
    if (!part.hasNextPage) break
  }
  return { data: data.slice(0, perPage), total: data.length }
}

async function readOne(resource: string, id: Identifier, signal?: AbortSignal): Promise<RaRecord> {
  const { path, params } = addressed(resource, 'one', id)
  return recordOf(sourceOf(resource), (await ask(anyApi.GET(path, { params, signal: signal ?? null }))) as RaRecord)
}

function readEach(resource: string, ids: readonly Identifier[], signal?: AbortSignal): Promise<RaRecord[]> {
  return Promise.all(ids.map((id) => readOne(resource, id, signal)))
}

/** Rows that are not there are left out. */
async function readSeveral(resource: string, ids: readonly Identifier[], signal?: AbortSignal): Promise<RaRecord[]> {
  const rows: RaRecord[] = []
  for (let at = 0; at < ids.length; at += mostPerPage) {
    const filter = { ids: ids.slice(at, at + mostPerPage).join(',') }
    rows.push(...(await readPage(resource, { filter, ...(signal && { signal }) })).data)
  }
  return rows
}

async function write(method: 'POST' | 'PATCH' | 'DELETE', resource: string, path: string, init: object) {
  return recordOf(sourceOf(resource), {
    ...((await ask(anyApi[method](path, init))) as RaRecord | undefined),
  } as RaRecord)
}

/** Only what a form has changed is sent. */
function changes(data: Query, previous: Query): Query {
  return Object.fromEntries(
    Object.entries(data).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(previous[name])),
  )
}

const refuseBulk = (): Promise<never> => Promise.reject(new Error('Rows are changed one by one.'))

/** The API for react-admin. Filters are passed on by name; whatever a resource does not declare is refused here already. */
export const dataProvider = {
  supportAbortSignal: true,
  getList: (resource: string, params: ListParams) => readList(resource, params),
  getOne: async (resource: string, { id, signal }: { id: Identifier; signal?: AbortSignal }) => ({
    data: await readOne(resource, id, signal),
  }),
  getMany: async (resource: string, { ids, signal }: { ids: readonly Identifier[]; signal?: AbortSignal }) => ({
    data: await (sourceOf(resource).isByIds ? readSeveral : readEach)(resource, ids, signal),
  }),
  getManyReference: (resource: string, params: ListParams & { target: string; id: Identifier }) =>
    readList(resource, { ...params, filter: { ...params.filter, [params.target]: params.id } }),
  async create(resource: string, { data }: { data: Query }) {
    const path = sourceOf(resource).create
    if (path === undefined) throw new Error(`The API does not offer this for ${resource}.`)
    return { data: await write('POST', resource, path, { body: data }) }
  },
  async update(resource: string, { id, data, previousData }: { id: Identifier; data: Query; previousData: Query }) {
    const { path, params } = addressed(resource, 'change', id)
    return { data: await write('PATCH', resource, path, { params, body: changes(data, previousData) }) }
  },
  async delete(resource: string, { id, previousData }: { id: Identifier; previousData?: RaRecord }) {
    const { path, params } = addressed(resource, 'remove', id)
    await write('DELETE', resource, path, { params })
    return { data: previousData ?? { id } }
  },
  updateMany: refuseBulk,
  deleteMany: refuseBulk,
} as unknown as DataProvider
