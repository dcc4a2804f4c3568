import { TextField, type TextFieldProps } from '@mui/material'
import { inWords, type RupeesText, typedRupees } from './rupees.ts'

type MoneyInputProps = Omit<TextFieldProps, 'value' | 'onChange'> & {
  readonly value: string
  /** What was typed, and the amount it means; null while it means none. */
  readonly onAmount: (typed: string, amount: RupeesText | null) => void
}

/** A field for an amount: text, not a number, with the amount in words below it. */
export function MoneyInput({ value, onAmount, helperText, ...rest }: MoneyInputProps) {
  const amount = typedRupees(value)
  const isWrong = value !== '' && amount === null
  return (
    <TextField
      {...rest}
      value={value}
      onChange={({ target }) => onAmount(target.value, typedRupees(target.value))}
      error={isWrong || rest.error === true}
      helperText={
        isWrong ? 'An amount in rupees with at most two decimals.' : (helperText ?? (amount && inWords(amount)))
      }
      slotProps={{ htmlInput: { inputMode: 'decimal', autoComplete: 'off' }, input: { startAdornment: '₹ ' } }}
    />
  )
}
