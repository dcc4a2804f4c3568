import { useMay } from '../../session/may.ts'
import { Page } from '../../show/page.tsx'
import { RecordPage } from '../../show/record-page.tsx'
import { StatusChip } from '../../show/status-chip.tsx'
import { Tabs } from '../../show/tabs.tsx'
import { type Member, memberName } from './member.ts'
import { ProfileTab } from './profile-tab.tsx'
import { WalletTab } from './wallet-tab.tsx'

export default function MemberShow() {
  return <RecordPage<Member>>{(member) => <MemberPage member={member} />}</RecordPage>
}

function MemberPage({ member }: { member: Member }) {
  const may = useMay()
  const tabs = [
    { name: 'profile', label: 'Profile', content: () => <ProfileTab member={member} /> },
    // Staff do not see wallets: the API shows those to admins.
    ...(may('post /wallet/deposit/')
      ? [{ name: 'wallet', label: 'Wallet', content: () => <WalletTab member={member} /> }]
      : []),
  ]
  return (
    <Page title={memberName(member)} mark={<StatusChip status={member.is_active ? 'active' : 'closed'} />}>
      <Tabs label="What to see of this member" tabs={tabs} />
    </Page>
  )
}
