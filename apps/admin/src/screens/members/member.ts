import type { Answer } from '../../api/answer.ts'

export type Member = Answer<'/users/{id}/'>

export const memberName = ({ first_name, last_name, email, username }: Member): string =>
  `${first_name} ${last_name}`.trim() || (email ?? username)
