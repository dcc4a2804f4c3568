import { Card, CardContent } from '@mui/material'
import { Link } from 'react-router'
import { Facts } from '../../show/facts.tsx'
import { day, ist } from '../../show/instant.tsx'
import type { Member } from './member.ts'

export function ProfileTab({ member }: { member: Member }) {
  const address = [
    member.address_line1,
    member.address_line2,
    member.city,
    member.state,
    member.pincode,
    member.country,
  ]
  return (
    <Card>
      <CardContent>
        <Facts
          facts={[
            ['E-mail', member.email],
            ['Mobile', member.mobile],
            ['Referral code', member.referral_code],
            [
              'Referred by',
              member.referred_by && <Link to={`/members/${member.referred_by}/show`}>Member {member.referred_by}</Link>,
            ],
            ['Distributor', member.is_distributor ? 'Yes' : 'No'],
            ['Active buyer', member.is_active_buyer ? 'Yes' : 'No'],
            ['Born', member.date_of_birth && day(member.date_of_birth)],
            ['Gender', member.gender],
            ['Address', address.filter(Boolean).join(', ')],
            ['Joined', ist(member.date_joined)],
            ['Last signed in', member.last_login && ist(member.last_login)],
          ]}
        />
      </CardContent>
    </Card>
  )
}
