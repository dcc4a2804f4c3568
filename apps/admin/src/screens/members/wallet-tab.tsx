import { Button, Card, CardContent, Stack } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { DataTable } from 'react-admin'
import { api, ask } from '../../api/client.ts'
import { saveAnswer } from '../../data/save-file.ts'
import { figures, Money, MoneyField } from '../../money/money-field.tsx'
import { useDone } from '../../money/use-done.ts'
import { Facts } from '../../show/facts.tsx'
import { Failure } from '../../show/failure.tsx'
import { InstantField } from '../../show/instant.tsx'
import { Listing } from '../../show/listing.tsx'
import { Loading } from '../../show/loading.tsx'
import { statusLabel } from '../../show/status-chip.tsx'
import { AdjustDialog } from './adjust-dialog.tsx'
import { DepositDialog } from './deposit-dialog.tsx'
import { ExplainTransaction } from './explain-transaction.tsx'
import { type Member, memberName } from './member.ts'

/** What the member has, and why: the statement with the money going in and out. */
export function WalletTab({ member }: { member: Member }) {
  const [open, setOpen] = useState<'deposit' | 'adjust' | null>(null)
  const close = () => setOpen(null)
  const done = useDone(close)
  const question = { userId: member.id, name: memberName(member), onClose: close }
  return (
    <Stack spacing={2}>
      <Card>
        <CardContent>
          <Stack direction={{ xs: 'column', md: 'row' }} sx={{ justifyContent: 'space-between', gap: 2 }}>
            <Balances userId={member.id} />
            <Stack sx={{ gap: 1, alignItems: 'stretch' }}>
              <Button variant="contained" onClick={() => setOpen('deposit')}>
                Record a deposit
              </Button>
              <Button variant="outlined" onClick={() => setOpen('adjust')}>
                Correct the wallet
              </Button>
              <Button
                variant="outlined"
                onClick={() => void saveAnswer(`/wallet/statement.pdf?user=${member.id}`, 'statement.pdf')}
              >
                Statement as PDF
              </Button>
            </Stack>
          </Stack>
        </CardContent>
      </Card>
      <Listing
        resource="wallet-transactions"
        filter={{ user: member.id }}
        sort={{ field: 'id', order: 'DESC' }}
        empty="Nothing has moved in this wallet yet."
      >
        <DataTable bulkActionButtons={false} rowClick="expand" expand={<ExplainTransaction />}>
          <DataTable.Col source="created_at" label="When" disableSort>
            <InstantField source="created_at" />
          </DataTable.Col>
          <DataTable.Col label="What" disableSort render={({ transaction_type }) => statusLabel(transaction_type)} />
          <DataTable.Col source="description" disableSort />
          <DataTable.Col source="amount" {...figures}>
            <MoneyField source="amount" isSigned />
          </DataTable.Col>
          <DataTable.Col source="balance_after" label="Balance" {...figures}>
            <MoneyField source="balance_after" />
          </DataTable.Col>
        </DataTable>
      </Listing>
      {open === 'deposit' && <DepositDialog {...question} onDone={() => done('The deposit is recorded.')} />}
      {open === 'adjust' && <AdjustDialog {...question} onDone={() => done('The wallet is corrected.')} />}
    </Stack>
  )
}

function Balances({ userId }: { userId: number }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['wallet', userId],
    queryFn: () => ask(api.GET('/wallet/statement/', { params: { query: { user: userId } } })),
  })
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading rows={3} />
  return (
    <Facts
      facts={[
        ['Available', <Money key="available" amount={data.available} />],
        ['Balance', <Money key="balance" amount={data.balance} />],
        ['Held for payouts', <Money key="held" amount={data.held} />],
        ['Reserved for EMI', <Money key="reserve" amount={data.emi_reserve} />],
        ['Owed back', <Money key="owed" amount={data.recoverable} />],
        ['Earned in all', <Money key="earned" amount={data.total_earned} />],
        ['Paid out in all', <Money key="withdrawn" amount={data.total_withdrawn} />],
      ]}
    />
  )
}
