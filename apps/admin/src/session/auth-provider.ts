import type { AuthProvider } from 'react-admin'
import type { Answer } from '../api/answer.ts'
import { api, ask } from '../api/client.ts'
import { Problem } from '../api/problem.ts'
import type { Permissions } from './may.ts'
import { currentTokens, endSession, openSession } from './session.ts'

type Profile = Answer<'/users/profile/'>
export type SignIn = { readonly identifier: string; readonly otp_type: 'email' | 'mobile'; readonly otp_code: string }

let profile: Promise<Profile> | null = null

function ownProfile(): Promise<Profile> {
  profile ??= ask(api.GET('/users/profile/')).catch((error: unknown) => {
    profile = null
    throw error
  })
  return profile
}

/** Signing in by a one-time code, under the API's rules for sessions. Members are turned away: the console is for staff and admins. */
export const authProvider: AuthProvider = {
  async login(signIn: SignIn) {
    const { access_token, refresh_token, user } = await ask(api.POST('/auth/verify-otp/', { body: signIn }))
    if (user.role === 'user') {
      await ask(api.POST('/auth/logout/', { body: { refresh: refresh_token } }))
      throw new Error('This account is not one of staff or an admin, so the console is not open to it.')
    }
    profile = null
    openSession({ access: access_token, refresh: refresh_token })
  },
  async logout() {
    const tokens = currentTokens()
    profile = null
    endSession()
    // The tokens are forgotten here whatever the server answers; one that has run out has nothing to end.
    if (tokens) await api.POST('/auth/logout/', { body: { refresh: tokens.refresh } }).catch(() => undefined)
  },
  async checkAuth() {
    if (!currentTokens()) throw { message: false }
  },
  async checkError(error: unknown) {
    if (error instanceof Problem && error.status === 401)
      throw { message: 'Your session has ended. Please sign in again.' }
  },
  async getIdentity() {
    const { id, first_name, last_name, email, username } = await ownProfile()
    return { id, fullName: `${first_name} ${last_name}`.trim() || (email ?? username) }
  },
  /** Asked before anyone is signed in, too: then nobody may do anything. */
  async getPermissions(): Promise<Permissions | undefined> {
    if (!currentTokens()) return undefined
    const { role, is_superuser } = await ownProfile()
    return { role, isSuperuser: is_superuser }
  },
}
