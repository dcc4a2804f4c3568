import type { Answer } from '../../api/answer.ts'
import { api, ask } from '../../api/client.ts'
import { day } from '../../show/instant.tsx'
import { MemberLink } from '../../show/member-link.tsx'
import { RecordPage } from '../../show/record-page.tsx'
import { statusLabel } from '../../show/status-chip.tsx'
import { ReviewDesk } from '../review/review-desk.tsx'

type Nominee = Answer<'/users/nominee/{id}/'>

const usualReasons = [
  'The proof is not readable.',
  'The proof names another person.',
  'The relationship is not plausible.',
]

export default function NomineeShow() {
  return <RecordPage<Nominee>>{(nominee) => <NomineeReview key={nominee.id} nominee={nominee} />}</RecordPage>
}

function NomineeReview({ nominee }: { nominee: Nominee }) {
  const params = { path: { id: nominee.id } }
  // As it was shown: a nominee that was replaced meanwhile is refused.
  const { submitted_at } = nominee
  const { address_line1, address_line2, city, state, pincode } = nominee
  const member = nominee.user_name || (nominee.user_email ?? `Member ${nominee.user}`)
  return (
    <ReviewDesk
      resource="nominees"
      title={`Nominee of ${member}`}
      record={nominee}
      usualReasons={usualReasons}
      facts={[
        ['Member', <MemberLink key="member" id={nominee.user} name={member} />],
        ['Nominee', nominee.full_name],
        ['Relationship', statusLabel(nominee.relationship)],
        ['Born', day(nominee.date_of_birth)],
        ['Mobile', nominee.mobile],
        ['E-mail', nominee.email],
        ['Address', [address_line1, address_line2, city, state, pincode].filter(Boolean).join(', ')],
        ['Proof', nominee.id_proof_type && statusLabel(nominee.id_proof_type)],
        ['Number', nominee.id_proof_number],
      ]}
      papers={[{ label: 'Proof of identity', path: nominee.id_proof_document }]}
      approve={() => ask(api.POST('/users/nominee/{id}/approve/', { params, body: { submitted_at } }))}
      reject={(reason) => ask(api.POST('/users/nominee/{id}/reject/', { params, body: { reason, submitted_at } }))}
    />
  )
}
