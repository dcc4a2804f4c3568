import { financialYear, quarters } from '@ev/domain'
import { Button, MenuItem, TextField } from '@mui/material'
import { useState } from 'react'
import { DataTable, SelectInput, TextInput, useListContext, useNotify } from 'react-admin'
import type { Row } from '../../api/answer.ts'
import { messageOfError } from '../../api/problem.ts'
import { saveAnswer } from '../../data/save-file.ts'
import { figures, Money, MoneyField } from '../../money/money-field.tsx'
import { Listing } from '../../show/listing.tsx'
import { MemberLink } from '../../show/member-link.tsx'

type Record = Row<'/compliance/tds/'>

const mostYears = 8
/** The year in which the present one began, `2026` in `2026-27`. */
const presentYear = Number(financialYear(new Date()).slice(0, 4))
/** The newest financial years, this one first. A July is in the year that began in its April. */
const years = Array.from({ length: mostYears }, (_, back) => financialYear(new Date(Date.UTC(presentYear - back, 6))))
const filters = [
  <SelectInput
    key="year"
    source="financial_year"
    label="Financial year"
    choices={years.map((id) => ({ id, name: id }))}
    alwaysOn
  />,
  <TextInput key="user" source="user" label="Member (id)" helperText={false} alwaysOn resettable />,
]

/** What was withheld from payouts, by member and year; the quarterly statement as CSV, certificates as PDF. */
export default function TdsList() {
  const notify = useNotify()
  const certificate = (id: number) =>
    saveAnswer(`/compliance/tds/${id}/certificate.pdf`, `certificate-${id}.pdf`).catch((error: unknown) =>
      notify(messageOfError(error), { type: 'error' }),
    )
  return (
    <Listing
      filters={filters}
      filterDefaultValues={{ financial_year: years[0] }}
      actions={<QuarterExport />}
      empty="No tax was withheld in any year yet."
    >
      <DataTable<Record> rowClick={false} bulkActionButtons={false}>
        <DataTable.Col label="Member" disableSort render={({ user }) => <MemberLink id={user} />} />
        <DataTable.Col source="financial_year" label="Year" disableSort />
        <DataTable.Col source="total_payout" label="Paid out" {...figures}>
          <MoneyField source="total_payout" />
        </DataTable.Col>
        {quarters.map((quarter) => (
          <DataTable.Col
            key={quarter}
            label={quarter}
            {...figures}
            render={({ quarters: of }: Record) => <Money amount={of[quarter].tds_deducted} />}
          />
        ))}
        <DataTable.Col source="tds_deducted" label="TDS" {...figures}>
          <MoneyField source="tds_deducted" />
        </DataTable.Col>
        <DataTable.Col
          label="Certificate"
          disableSort
          render={({ id, certificate_number }) => (
            <Button size="small" onClick={() => void certificate(id)}>
              {certificate_number ?? 'PDF'}
            </Button>
          )}
        />
      </DataTable>
    </Listing>
  )
}

function QuarterExport() {
  const { filterValues } = useListContext()
  const [quarter, setQuarter] = useState('')
  const notify = useNotify()
  const year = String(filterValues['financial_year'] ?? years[0])
  const save = async () => {
    const query = new URLSearchParams({ financial_year: year, ...(quarter && { quarter }) })
    try {
      await saveAnswer(`/compliance/tds/export/?${query}`, `tds-${year}.csv`)
    } catch (error) {
      notify(messageOfError(error), { type: 'error' })
    }
  }
  return (
    <>
      <TextField
        select
        label="Quarter"
        value={quarter}
        onChange={({ target }) => setQuarter(target.value)}
        sx={{ width: 130 }}
        fullWidth={false}
      >
        <MenuItem value="">Whole year</MenuItem>
        {quarters.map((name) => (
          <MenuItem key={name} value={name}>
            {name}
          </MenuItem>
        ))}
      </TextField>
      <Button size="small" onClick={() => void save()}>
        Statement {year}
      </Button>
    </>
  )
}
