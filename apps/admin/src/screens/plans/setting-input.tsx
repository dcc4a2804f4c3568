import { MenuItem, TextField } from '@mui/material'
import { statusLabel } from '../../show/status-chip.tsx'
import { readSetting, type Setting } from './plan-settings.ts'

type SettingInputProps = {
  readonly setting: Setting
  readonly current: string
  readonly typed: string
  readonly isChanged: boolean
  readonly onType: (text: string) => void
}

const wrong = {
  rupees: 'An amount in rupees with at most two decimals.',
  percent: 'A percentage with at most two decimals.',
  count: 'A whole number.',
  choice: '',
  flag: '',
} as const

/** One setting of a plan, with what it is now where it was changed. */
export function SettingInput({ setting, current, typed, isChanged, onType }: SettingInputProps) {
  const isWrong = readSetting(setting, typed) === null
  const choices = setting.kind === 'flag' ? ['true', 'false'] : setting.kind === 'choice' ? setting.choices : null
  return (
    <TextField
      label={setting.label}
      value={typed}
      onChange={({ target }) => onType(target.value)}
      select={choices !== null}
      error={isWrong}
      helperText={isWrong ? wrong[setting.kind] : isChanged ? `Now ${current}` : ' '}
      color={isChanged ? 'secondary' : 'primary'}
      focused={isChanged || undefined}
      slotProps={{
        input: {
          startAdornment: setting.kind === 'rupees' ? '₹ ' : undefined,
          endAdornment: setting.kind === 'percent' ? ' %' : undefined,
        },
        htmlInput: { inputMode: setting.kind === 'count' ? 'numeric' : 'decimal' },
      }}
    >
      {choices?.map((choice) => (
        <MenuItem key={choice} value={choice}>
          {setting.kind === 'flag' ? (choice === 'true' ? 'Yes' : 'No') : statusLabel(choice)}
        </MenuItem>
      ))}
    </TextField>
  )
}
