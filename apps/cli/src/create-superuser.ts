import { parseArgs } from 'node:util'
import { createAccount, parseIdentifier } from '@ev/application'
import { isDomainError } from '@ev/domain'
import { databaseCommand } from './command.ts'

// `pnpm create-superuser --email someone@example.com [--first-name A] [--last-name B]`: the account logs in by code like everyone.
await databaseCommand(async (deps) => {
  const { values } = parseArgs({
    options: { email: { type: 'string' }, 'first-name': { type: 'string' }, 'last-name': { type: 'string' } },
  })
  if (!values.email) {
    console.error('Say whose account: pnpm create-superuser --email someone@example.com')
    return 1
  }
  try {
    const user = await createAccount(deps, {
      identifier: parseIdentifier({ type: 'email', text: values.email }),
      role: 'admin',
      isSuperuser: true,
      firstName: values['first-name'] ?? '',
      lastName: values['last-name'] ?? '',
      createdById: null,
    })
    console.log(`Superuser ${user.email} was created (id ${user.id}). Log in by a code.`)
    return 0
  } catch (error) {
    if (!isDomainError(error)) throw error
    console.error(`Not created: ${error.code} ${JSON.stringify(error.facts)}`)
    return 1
  }
})
