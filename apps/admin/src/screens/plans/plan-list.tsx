import { DataTable } from 'react-admin'
import { figures, Money } from '../../money/money-field.tsx'
import { useIsSuperuser } from '../../session/may.ts'
import { Listing } from '../../show/listing.tsx'
import { ActorName } from '../../show/member-link.tsx'
import { StatusField } from '../../show/status-chip.tsx'
import { beginningOf } from './plan-beginning.ts'
import { type Plan, percentOf } from './plan-settings.ts'

/** The versions of the compensation plan. None is ever changed; a new one begins. */
export default function PlanList() {
  const isSuperuser = useIsSuperuser()
  return (
    <Listing hasCreate={isSuperuser} canExport={false} empty="There is no plan.">
      <DataTable<Plan & { id: number }> rowClick="show" bulkActionButtons={false}>
        <DataTable.Col label="Version" disableSort render={({ version }) => `Version ${version}`} />
        <DataTable.Col label="State" disableSort>
          <StatusField source="state" />
        </DataTable.Col>
        <DataTable.Col label="In effect from" disableSort render={beginningOf} />
        <DataTable.Col
          label="Bonus"
          {...figures}
          render={({ settings }) => `${percentOf(settings.referral_bonus_bps)} %`}
        />
        <DataTable.Col
          label="A pair earns"
          {...figures}
          render={({ settings }) => <Money amount={settings.pair_earning} />}
        />
        <DataTable.Col label="Pairs a month" {...figures} render={({ settings }) => settings.monthly_pair_limit} />
        <DataTable.Col label="Made by" disableSort render={({ created_by }) => <ActorName id={created_by} />} />
      </DataTable>
    </Listing>
  )
}
