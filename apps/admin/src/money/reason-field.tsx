import { TextField } from '@mui/material'

type ReasonFieldProps = {
  readonly value: string
  readonly onChange: (reason: string) => void
  /** Who reads it. */
  readonly hint: string
  readonly longest?: number
  readonly autoFocus?: boolean
}

/** Why money moves or does not, in words. */
export function ReasonField({ value, onChange, hint, longest = 500, autoFocus = false }: ReasonFieldProps) {
  return (
    <TextField
      label="Reason"
      value={value}
      onChange={({ target }) => onChange(target.value)}
      helperText={hint}
      slotProps={{ htmlInput: { maxLength: longest } }}
      autoFocus={autoFocus}
      required
    />
  )
}
