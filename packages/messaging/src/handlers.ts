import type { EnvelopeOf } from './envelope.ts'
import type { HandlerName, IsBatched } from './handler-catalogue.ts'

/** What handler `H` is written as: one message at a time, or a batch where its policy has one. Throws a `DomainError` to refuse. */
export type Handler<H extends HandlerName, Ctx> =
  IsBatched<H> extends true
    ? (ctx: Ctx, envelopes: readonly EnvelopeOf<H>[]) => Promise<void>
    : (ctx: Ctx, envelope: EnvelopeOf<H>) => Promise<void>

/** Every handler of the catalogue: one that is missing, or takes another payload, does not compile. */
export type Handlers<Ctx> = { readonly [H in HandlerName]: Handler<H, Ctx> }
