import { Alert, Box, Button, Card, CardContent, Link, Stack, TextField, Typography } from '@mui/material'
import { type FormEvent, useState } from 'react'
import { useLogin, useNotify } from 'react-admin'
import { api, ask } from '../api/client.ts'
import { messageOfError } from '../api/problem.ts'
import { Mark } from './mark.tsx'

type Sent = { readonly identifier: string; readonly otp_type: 'email' | 'mobile'; readonly minutes: number }

/** Two steps: who one is, then the code that was sent there. */
export function SignInPage() {
  const [sent, setSent] = useState<Sent | null>(null)
  return (
    <Box
      component="main"
      sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center', bgcolor: 'background.default', p: 2 }}
    >
      <Card sx={{ width: '100%', maxWidth: 400 }}>
        <CardContent sx={{ p: 4 }}>
          <Stack spacing={3}>
            <Stack direction="row" spacing={1.5} sx={{ alignItems: 'center' }}>
              <Mark size={36} />
              <Typography variant="h5" component="h1">
                EV console
              </Typography>
            </Stack>
            {sent ? <CodeStep sent={sent} onBack={() => setSent(null)} /> : <IdentifierStep onSent={setSent} />}
          </Stack>
        </CardContent>
      </Card>
    </Box>
  )
}

function IdentifierStep({ onSent }: { onSent: (sent: Sent) => void }) {
  const [identifier, setIdentifier] = useState('')
  const { problem, isBusy, run } = useStep()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const otp_type = identifier.includes('@') ? 'email' : 'mobile'
    void run(async () => {
      const { expires_in } = await ask(api.POST('/auth/send-otp/', { body: { identifier, otp_type } }))
      onSent({ identifier, otp_type, minutes: Math.round(expires_in / 60) })
    })
  }
  return (
    <Stack component="form" spacing={2} onSubmit={submit}>
      <Typography color="text.secondary">
        Sign in with a code. It is sent to the address or number of your account.
      </Typography>
      <TextField
        label="E-mail or mobile number"
        value={identifier}
        onChange={({ target }) => setIdentifier(target.value.trim())}
        required
        autoFocus
        slotProps={{ htmlInput: { autoComplete: 'username', autoCapitalize: 'none' } }}
      />
      {problem !== null && <Alert severity="error">{problem}</Alert>}
      <Button type="submit" variant="contained" size="large" disabled={isBusy || identifier === ''}>
        Send the code
      </Button>
    </Stack>
  )
}

function CodeStep({ sent, onBack }: { sent: Sent; onBack: () => void }) {
  const [code, setCode] = useState('')
  const { problem, isBusy, run } = useStep()
  const login = useLogin()
  const notify = useNotify()
  const { identifier, otp_type, minutes } = sent
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void run(() => login({ identifier, otp_type, otp_code: code }))
  }
  const sendAgain = () =>
    run(async () => {
      await ask(api.POST('/auth/send-otp/', { body: { identifier, otp_type } }))
      notify('A new code was sent. The one before no longer works.')
    })
  return (
    <Stack component="form" spacing={2} onSubmit={submit}>
      <Typography color="text.secondary">
        If <strong>{identifier}</strong> has an account, a code of six digits is on its way. It holds for {minutes}{' '}
        minutes.
      </Typography>
      <TextField
        label="Code"
        value={code}
        onChange={({ target }) => setCode(target.value.replaceAll(/\D/g, '').slice(0, 6))}
        required
        autoFocus
        slotProps={{ htmlInput: { inputMode: 'numeric', autoComplete: 'one-time-code' } }}
      />
      {problem !== null && <Alert severity="error">{problem}</Alert>}
      <Button type="submit" variant="contained" size="large" disabled={isBusy || code.length < 6}>
        Sign in
      </Button>
      <Stack direction="row" sx={{ justifyContent: 'space-between' }}>
        <Link component="button" type="button" onClick={onBack}>
          Someone else
        </Link>
        <Link component="button" type="button" onClick={() => void sendAgain()}>
          Send a new code
        </Link>
      </Stack>
    </Stack>
  )
}

/** One thing at a time, and what is wrong in words. */
function useStep() {
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  async function run(work: () => Promise<unknown>) {
    setBusy(true)
    setProblem(null)
    try {
      await work()
    } catch (error) {
      setProblem(messageOfError(error))
    } finally {
      setBusy(false)
    }
  }
  return { problem, isBusy, run }
}
