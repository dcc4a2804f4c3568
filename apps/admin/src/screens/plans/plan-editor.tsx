import { Box, Button, Card, CardContent, Stack, TextField, Typography } from '@mui/material'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNotify } from 'react-admin'
import { useNavigate } from 'react-router'
import type { Answer, Body } from '../../api/answer.ts'
import { api, ask } from '../../api/client.ts'
import { sendOnce } from '../../money/pending-request.ts'
import { useIsSuperuser } from '../../session/may.ts'
import { Failure } from '../../show/failure.tsx'
import { Loading } from '../../show/loading.tsx'
import { Page } from '../../show/page.tsx'
import { ReasonDialog } from '../../show/reason-dialog.tsx'
import { PlanPreview } from './plan-preview.tsx'
import { readSetting, type SettingName, settingGroups, shownSetting, typedSetting } from './plan-settings.ts'
import { SettingInput } from './setting-input.tsx'
import { TaxTableInput } from './tax-table-input.tsx'
import { readRows, type TaxTableName, type TypedRow, taxTables, typedRows } from './tax-tables.ts'

type Plan = Answer<'/admin/plans/current/'>
type Change = Body<'/admin/plans/'>['settings']
type Typed = Partial<Record<TaxTableName, readonly TypedRow[]>>

/** A new version of the plan: what changes, from when, and what it would mean, before it is made. */
export default function PlanEditor() {
  const { data, error, refetch } = useQuery({
    queryKey: ['plan', 'current'],
    queryFn: () => ask(api.GET('/admin/plans/current/')),
  })
  return (
    <Page title="A new version of the plan">
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <Editor key={data.version} plan={data} />
      ) : (
        <Loading />
      )}
    </Page>
  )
}

function Editor({ plan }: { plan: Plan }) {
  const [typed, setTyped] = useState<Partial<Record<SettingName, string>>>({})
  const [rows, setRows] = useState<Typed>({})
  const [from, setFrom] = useState('')
  const [isAsking, setAsking] = useState(false)
  const isSuperuser = useIsSuperuser()
  const { change, changed, isWrong } = readForm(plan, { typed, rows })
  const write = (name: SettingName, text: string) => setTyped({ ...typed, [name]: text })
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', lg: '3fr 2fr' }, gap: 2, alignItems: 'start' }}>
      <Stack spacing={2}>
        {settingGroups.map(({ title, settings }) => (
          <Card key={title}>
            <CardContent>
              <Typography variant="h6" component="h3" gutterBottom>
                {title}
              </Typography>
              <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' }, columnGap: 2 }}>
                {settings.map((setting) => (
                  <SettingInput
                    key={setting.name}
                    setting={setting}
                    current={shownSetting(setting, plan.settings)}
                    typed={typed[setting.name] ?? typedSetting(setting, plan.settings)}
                    isChanged={changed.includes(setting.label)}
                    onType={(text) => write(setting.name, text)}
                  />
                ))}
              </Box>
            </CardContent>
          </Card>
        ))}
        <Card>
          <CardContent>
            <Typography variant="h6" component="h3" gutterBottom>
              Section 194H
            </Typography>
            {taxTables.map((table) => (
              <TaxTableInput
                key={table.name}
                table={table}
                rows={rows[table.name] ?? typedRows(table, plan.settings.section_194h)}
                isChanged={changed.includes(table.label)}
                onType={(typedTable) => setRows({ ...rows, [table.name]: typedTable })}
              />
            ))}
          </CardContent>
        </Card>
      </Stack>
      <Stack spacing={2} sx={{ position: { lg: 'sticky' }, top: 72 }}>
        <PlanPreview change={change} isWrong={isWrong} />
        <Card>
          <CardContent>
            <Stack spacing={1}>
              <TextField
                label="In effect from"
                type="date"
                value={from}
                onChange={({ target }) => setFrom(target.value)}
                helperText="The beginning of that day in India; at once when left empty."
                slotProps={{ inputLabel: { shrink: true } }}
              />
              <Button
                variant="contained"
                disabled={!isSuperuser || isWrong || changed.length === 0}
                onClick={() => setAsking(true)}
              >
                Make version {plan.version + 1}
              </Button>
              {!isSuperuser && (
                <Typography variant="body2">Only superusers make versions; the preview is for you too.</Typography>
              )}
            </Stack>
          </CardContent>
        </Card>
      </Stack>
      {isAsking && <Confirm change={change} changed={changed} from={from} onClose={() => setAsking(false)} />}
    </Box>
  )
}

type ConfirmProps = {
  readonly change: Change
  /** The labels of what changes. */
  readonly changed: readonly string[]
  readonly from: string
  readonly onClose: () => void
}

function Confirm({ change, changed, from, onClose }: ConfirmProps) {
  const navigate = useNavigate()
  const notify = useNotify()
  const queryClient = useQueryClient()
  return (
    <ReasonDialog
      title={from === '' ? 'Make this version now?' : `Make this version, in effect from ${from}?`}
      hint={`Changes: ${changed.join(', ')}. Nothing that was decided before changes. The reason stands in the audit log.`}
      confirmLabel="Make the version"
      onClose={onClose}
      onConfirm={async (reason) => {
        const made = await makePlan({
          settings: change,
          reason,
          ...(from !== '' && { effective_from: new Date(`${from}T00:00:00+05:30`).toISOString() }),
        })
        notify(`Version ${made.version} is made.`, { type: 'success' })
        await queryClient.invalidateQueries()
        navigate(`/plans/${made.version}/show`)
      }}
    />
  )
}

function makePlan(body: Body<'/admin/plans/'>) {
  return sendOnce({
    action: 'plan.create',
    subject: JSON.stringify(body),
    body,
    send: ({ key, body: sent }) =>
      ask(api.POST('/admin/plans/', { params: { header: { 'Idempotency-Key': key } }, body: sent })),
  })
}

/** What differs from the plan in effect, and whether anything typed is not what it should be. */
function readForm(
  { settings }: Plan,
  { typed, rows }: { typed: Partial<Record<SettingName, string>>; rows: Typed },
): { change: Change; changed: readonly string[]; isWrong: boolean } {
  const all = settingGroups.flatMap((group) => group.settings)
  const fields = all.flatMap((setting) => {
    const text = typed[setting.name]
    if (text === undefined || text === typedSetting(setting, settings)) return []
    return [{ name: setting.name, label: setting.label, value: readSetting(setting, text) }]
  })
  const tables = taxTables.flatMap((table) => {
    const own = rows[table.name]
    if (own === undefined || isSame(own, typedRows(table, settings.section_194h))) return []
    return [{ name: table.name, label: table.label, value: readRows(table, own) }]
  })
  const known = <Value,>(entries: readonly { name: string; value: Value | null }[]) =>
    Object.fromEntries(entries.filter(({ value }) => value !== null).map(({ name, value }) => [name, value]))
  return {
    change: { ...known(fields), ...(tables.length > 0 && { section_194h: known(tables) }) } as Change,
    changed: [...fields, ...tables].map(({ label }) => label),
    isWrong: [...fields, ...tables].some(({ value }) => value === null),
  }
}

const isSame = (some: readonly TypedRow[], others: readonly TypedRow[]) =>
  JSON.stringify(some) === JSON.stringify(others)
