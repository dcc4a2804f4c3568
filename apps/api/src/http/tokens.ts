import { createSecretKey, type KeyObject } from 'node:crypto'
import { DomainError } from '@ev/domain'
import type { Clock, Ids, KeyedSecret } from '@ev/runtime'
import jwt from 'jsonwebtoken'
import { z } from 'zod'
import { type Role, roles } from './actor.ts'

export type TokenType = 'access' | 'refresh'

export type TokenClaims = {
  readonly userId: number
  readonly role: Role
  readonly sessionId: number
  readonly tokenId: string
  readonly tokenType: TokenType
  readonly issuedAt: Date
  readonly expiresAt: Date
}

export type SignedToken = { readonly token: string; readonly tokenId: string; readonly expiresAt: Date }

export type Tokens = {
  /** `tokenId` becomes the token's `jti`; a fresh one when absent. */
  sign(input: { tokenType: TokenType; userId: number; role: Role; sessionId: number; tokenId?: string }): SignedToken
  /** Refuses `auth.token_expired` and, for every other defect, `auth.token_invalid`. */
  verify(token: string, expected: { tokenType: TokenType }): TokenClaims
}

const ALGORITHM = 'HS256'
const ISSUER = 'ev-platform'
const AUDIENCE = 'ev-platform-api'
const LIFETIME_SECONDS = { access: 60 * 60, refresh: 24 * 60 * 60 }
const MAX_TOKEN_LENGTH = 4_096
/** Verified tokens that are remembered; the oldest goes first. */
const MOST_VERIFIED = 10_000

const idText = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number)
const payloadSchema = z.strictObject({
  sub: idText,
  role: z.enum(roles),
  sid: idText,
  jti: z.string().min(1).max(100),
  token_type: z.enum(['access', 'refresh']),
  iat: z.int(),
  exp: z.int(),
  nbf: z.int().optional(),
  iss: z.literal(ISSUER),
  aud: z.literal(AUDIENCE),
})
const headerSchema = z.object({ alg: z.literal(ALGORITHM), kid: z.string() })

/** Access tokens for 60 minutes, refresh tokens for 24 hours, HS256 only. The first key signs, every key verifies by its `kid`. */
export function createTokens({ keys, clock, ids }: { keys: readonly KeyedSecret[]; clock: Clock; ids: Ids }): Tokens {
  const current = keys[0]
  if (!current) throw new Error('Tokens need at least one key.')
  // Key objects, made once: of a text, each verification would first try to read a public key.
  const secrets = new Map(keys.map(({ id, secret }) => [id, createSecretKey(Buffer.from(secret))]))
  const nowInSeconds = () => Math.floor(clock.now().getTime() / 1_000)
  // The same token comes with every request of a session, and nothing about it changes but the time.
  const verified = new Map<string, TokenClaims>()

  function remembered(token: string): TokenClaims | undefined {
    const claims = verified.get(token)
    if (claims === undefined || claims.expiresAt.getTime() > nowInSeconds() * 1_000) return claims
    verified.delete(token)
    return undefined
  }

  function verifiedAfresh(token: string): TokenClaims {
    if (token.length > MAX_TOKEN_LENGTH) throw new DomainError('auth.token_invalid')
    const payload = payloadSchema.safeParse(verifiedPayload(token, secretFor(token, secrets), nowInSeconds()))
    if (!payload.success) throw new DomainError('auth.token_invalid')
    const { sub, role, sid, jti, token_type, iat, exp } = payload.data
    const claims = {
      userId: sub,
      role,
      sessionId: sid,
      tokenId: jti,
      tokenType: token_type,
      issuedAt: new Date(iat * 1_000),
      expiresAt: new Date(exp * 1_000),
    }
    if (verified.size >= MOST_VERIFIED) verified.delete(verified.keys().next().value!)
    verified.set(token, claims)
    return claims
  }

  return {
    sign({ tokenType, userId, role, sessionId, tokenId = ids.uuid() }) {
      const issuedAt = nowInSeconds()
      const expiresAt = issuedAt + LIFETIME_SECONDS[tokenType]
      const payload = { sub: String(userId), role, sid: String(sessionId), jti: tokenId, token_type: tokenType }
      const times = { iat: issuedAt, exp: expiresAt, iss: ISSUER, aud: AUDIENCE }
      const token = jwt.sign({ ...payload, ...times }, current.secret, { algorithm: ALGORITHM, keyid: current.id })
      return { token, tokenId, expiresAt: new Date(expiresAt * 1_000) }
    },
    verify(token, { tokenType }) {
      const claims = remembered(token) ?? verifiedAfresh(token)
      if (claims.tokenType !== tokenType) throw new DomainError('auth.token_invalid')
      return claims
    },
  }
}

/** The header is not yet verified; it may only choose among our own keys, and only with our own algorithm. */
function secretFor(token: string, secrets: ReadonlyMap<string, KeyObject>): KeyObject {
  const header = headerSchema.safeParse(decodedHeader(token))
  const secret = header.success ? secrets.get(header.data.kid) : undefined
  if (secret === undefined) throw new DomainError('auth.token_invalid')
  return secret
}

function decodedHeader(token: string): unknown {
  try {
    return jwt.decode(token, { complete: true })?.header
  } catch {
    return undefined
  }
}

function verifiedPayload(token: string, secret: KeyObject, nowInSeconds: number): unknown {
  try {
    return jwt.verify(token, secret, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      clockTimestamp: nowInSeconds,
    })
  } catch (error) {
    if (error instanceof jwt.TokenExpiredError) throw new DomainError('auth.token_expired')
    throw new DomainError('auth.token_invalid')
  }
}
