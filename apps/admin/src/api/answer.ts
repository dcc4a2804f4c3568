import type { paths } from '../generated/api.ts'

type Json<Operation> = Operation extends { responses: { 200: { content: { 'application/json': infer Body } } } }
  ? Body
  : never

/** The paths that answer JSON to GET. */
export type ReadPath = { [Path in keyof paths]: Json<paths[Path]['get']> extends never ? never : Path }[keyof paths]

/** What `GET path` answers: `Answer<'/booking/bookings/{id}/'>`. */
export type Answer<Path extends ReadPath> = Json<paths[Path]['get']>

/** One row of a list: `Row<'/payout/'>`. */
export type Row<Path extends ReadPath> = Extract<Answer<Path>, { results: unknown[] }>['results'][number]

/** What `POST path` takes as JSON: `Body<'/admin/plans/'>`. */
export type Body<Path extends keyof paths> = paths[Path] extends {
  post: { requestBody: { content: { 'application/json': infer Sent } } }
}
  ? Sent
  : never
