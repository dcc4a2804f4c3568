import { Alert, Button, Card, CardContent, Stack, TextField, Typography } from '@mui/material'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useNotify } from 'react-admin'
import type { Answer } from '../../api/answer.ts'
import { api, ask } from '../../api/client.ts'
import { messageOfError, Problem } from '../../api/problem.ts'
import { Failure } from '../../show/failure.tsx'
import { ist } from '../../show/instant.tsx'
import { Loading } from '../../show/loading.tsx'
import { Page } from '../../show/page.tsx'

type Settings = Answer<'/admin/settings/'>

const fields = [
  { name: 'company_name', label: 'Name of the company', hint: 'On receipts, statements and tax certificates.' },
  { name: 'gstin', label: 'GSTIN', hint: '15 characters.' },
  { name: 'tan', label: 'TAN', hint: 'On tax certificates.' },
  { name: 'pan', label: 'PAN', hint: '' },
  { name: 'responsible_person', label: 'Responsible person', hint: 'Signs tax certificates.' },
  { name: 'support_email', label: 'Support e-mail', hint: '' },
  { name: 'support_phone', label: 'Support phone', hint: '' },
] as const

type Form = Record<(typeof fields)[number]['name'] | 'address', string>

export default function SettingsPage() {
  const { data, error, refetch } = useQuery({ queryKey: ['settings'], queryFn: () => ask(api.GET('/admin/settings/')) })
  return (
    <Page title="Settings">
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <SettingsForm key={data.updated_at} settings={data} />
      ) : (
        <Loading />
      )}
    </Page>
  )
}

function SettingsForm({ settings }: { settings: Settings }) {
  const [form, setForm] = useState<Form>(() => toForm(settings))
  const queryClient = useQueryClient()
  const notify = useNotify()
  const save = useMutation({
    mutationFn: () => ask(api.PATCH('/admin/settings/', { body: toBody(form) })),
    onSuccess: async () => {
      notify('Saved. Documents made from now on say this.', { type: 'success' })
      await queryClient.invalidateQueries({ queryKey: ['settings'] })
    },
  })
  const errors: Readonly<Record<string, string>> = save.error instanceof Problem ? (save.error.body?.errors ?? {}) : {}
  const input = (name: keyof Form, label: string, hint: string, rows = 1) => (
    <TextField
      key={name}
      label={label}
      value={form[name]}
      onChange={({ target }) => setForm({ ...form, [name]: target.value })}
      error={errors[name] !== undefined}
      helperText={errors[name] ?? hint}
      multiline={rows > 1}
      rows={rows > 1 ? rows : undefined}
    />
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <Card sx={{ maxWidth: 640 }}>
      <CardContent>
        <Stack component="form" spacing={1} onSubmit={submit}>
          {fields.map(({ name, label, hint }) => input(name, label, hint))}
          {input('address', 'Address', 'One line each, at most five.', 4)}
          {save.error && <Alert severity="error">{messageOfError(save.error)}</Alert>}
          <Stack direction="row" sx={{ alignItems: 'center', gap: 2 }}>
            <Button type="submit" variant="contained" disabled={save.isPending}>
              Save
            </Button>
            <Typography variant="body2" color="text.secondary">
              {settings.updated_at === null
                ? 'Nobody has stated them yet.'
                : `Last changed ${ist(settings.updated_at)}.`}
            </Typography>
          </Stack>
        </Stack>
      </CardContent>
    </Card>
  )
}

function toForm(settings: Settings): Form {
  const texts = fields.map(({ name }) => [name, settings[name] ?? ''] as const)
  return { ...(Object.fromEntries(texts) as Omit<Form, 'address'>), address: settings.address_lines.join('\n') }
}

/** What is left empty is taken back; the name of the company cannot be. */
function toBody({ address, company_name, ...rest }: Form) {
  const facts = Object.fromEntries(Object.entries(rest).map(([name, text]) => [name, text.trim() || null]))
  return {
    ...facts,
    company_name,
    address_lines: address
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  }
}
