import type { Answer } from '../../api/answer.ts'
import { api, ask } from '../../api/client.ts'
import { MemberLink } from '../../show/member-link.tsx'
import { RecordPage } from '../../show/record-page.tsx'
import { ReviewDesk } from '../review/review-desk.tsx'

type Kyc = Answer<'/users/kyc/{id}/'>

const usualReasons = [
  'The picture is not readable.',
  'The PAN on the card is another one.',
  'The name differs from the papers.',
  'The back of the Aadhaar is missing.',
]

export default function KycShow() {
  return <RecordPage<Kyc>>{(kyc) => <KycReview key={kyc.id} kyc={kyc} />}</RecordPage>
}

function KycReview({ kyc }: { kyc: Kyc }) {
  const params = { path: { id: kyc.id } }
  const address = [kyc.address_line1, kyc.address_line2, kyc.city, kyc.state, kyc.pincode, kyc.country]
  const name = kyc.user_name || (kyc.user_email ?? `Member ${kyc.user}`)
  return (
    <ReviewDesk
      resource="kyc"
      title={`Identity check of ${name}`}
      record={kyc}
      usualReasons={usualReasons}
      facts={[
        ['Member', <MemberLink key="member" id={kyc.user} name={name} />],
        ['PAN', kyc.pan_number],
        ['Aadhaar', kyc.aadhaar_number],
        ['Address', address.filter(Boolean).join(', ')],
        ['Bank', kyc.bank_name],
        ['Account', kyc.account_number],
        ['IFSC', kyc.ifsc_code],
        ['Account holder', kyc.account_holder_name],
      ]}
      papers={[
        { label: 'PAN', path: kyc.pan_document },
        { label: 'Aadhaar front', path: kyc.aadhaar_front },
        { label: 'Aadhaar back', path: kyc.aadhaar_back },
      ]}
      approve={() => ask(api.POST('/users/kyc/{id}/approve/', { params }))}
      reject={(reason) => ask(api.POST('/users/kyc/{id}/reject/', { params, body: { reason } }))}
    />
  )
}
