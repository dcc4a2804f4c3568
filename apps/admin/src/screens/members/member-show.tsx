import { useMay } from '../../session/may.ts'
import { Page } from '../../show/page.tsx'
import { RecordPage } from '../../show/record-page.tsx'
import { StatusChip } from '../../show/status-chip.tsx'
import { type TabDeclaration, Tabs } from '../../show/tabs.tsx'
import { AccountActions } from './account-actions.tsx'
import { AuditTab, NotificationsTab, SessionsTab } from './activity-tabs.tsx'
import { BookingsTab } from './bookings-tab.tsx'
import { type Member, memberName } from './member.ts'
import { PapersTab } from './papers-tab.tsx'
import { PositionTab } from './position-tab.tsx'
import { ProfileTab } from './profile-tab.tsx'
import { WalletTab } from './wallet-tab.tsx'

export default function MemberShow() {
  return <RecordPage<Member>>{(member) => <MemberPage member={member} />}</RecordPage>
}

function MemberPage({ member }: { member: Member }) {
  const { id } = member
  const may = useMay()
  /** The API shows wallets, sessions, notifications and the audit log of others to admins only. */
  const forAdmins: readonly TabDeclaration[] = [
    { name: 'sessions', label: 'Sessions', content: () => <SessionsTab userId={id} /> },
    { name: 'notifications', label: 'Notifications', content: () => <NotificationsTab userId={id} /> },
    { name: 'audit', label: 'Audit', content: () => <AuditTab userId={id} /> },
  ]
  const tabs: readonly TabDeclaration[] = [
    { name: 'profile', label: 'Profile', content: () => <ProfileTab member={member} /> },
    { name: 'papers', label: 'Papers', content: () => <PapersTab userId={id} /> },
    ...(may('post /wallet/deposit/')
      ? [{ name: 'wallet', label: 'Wallet', content: () => <WalletTab member={member} /> }]
      : []),
    { name: 'bookings', label: 'Bookings', content: () => <BookingsTab userId={id} /> },
    { name: 'position', label: 'Tree position', content: () => <PositionTab member={member} /> },
    ...(may('get /admin/audit-log/') ? forAdmins : []),
  ]
  return (
    <Page
      title={memberName(member)}
      mark={<StatusChip status={member.is_active ? 'active' : 'closed'} />}
      actions={<AccountActions member={member} />}
    >
      <Tabs label="What to see of this member" tabs={tabs} />
    </Page>
  )
}
