import AddIcon from '@mui/icons-material/Add'
import DeleteIcon from '@mui/icons-material/DeleteOutlined'
import { Box, Button, IconButton, TextField, Typography } from '@mui/material'
import { readRows, readValue, type TaxTable, type TypedRow } from './tax-tables.ts'

type TaxTableInputProps = {
  readonly table: TaxTable
  readonly rows: readonly TypedRow[]
  readonly isChanged: boolean
  readonly onType: (rows: readonly TypedRow[]) => void
}

/** One table of the law, a row for each day from which another value counts. */
export function TaxTableInput({ table, rows, isChanged, onType }: TaxTableInputProps) {
  const { label, kind } = table
  const change = (at: number, part: Partial<TypedRow>) =>
    onType(rows.map((row, place) => (place === at ? { ...row, ...part } : row)))
  const isOutOfOrder = rows.every(({ value }) => readValue(table, value) !== null) && readRows(table, rows) === null
  return (
    <Box role="group" aria-label={label} sx={{ mb: 2 }}>
      <Typography variant="subtitle2" component="h4">
        {label}
        {isChanged && ' (changed)'}
      </Typography>
      {rows.map(({ from, value }, at) => (
        // Rows have no name but their place.
        <Box key={at} sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
          <TextField
            label="From"
            type="date"
            value={from}
            onChange={({ target }) => change(at, { from: target.value })}
            error={isOutOfOrder}
            slotProps={{ inputLabel: { shrink: true } }}
          />
          <TextField
            label="Value"
            value={value}
            onChange={({ target }) => change(at, { value: target.value })}
            error={readValue(table, value) === null}
            slotProps={{
              input: {
                startAdornment: kind === 'rupees' ? '₹ ' : undefined,
                endAdornment: kind === 'percent' ? ' %' : undefined,
              },
              htmlInput: { inputMode: 'decimal' },
            }}
          />
          <IconButton
            aria-label={`Take the row of ${from || 'no day'} away`}
            disabled={rows.length === 1}
            onClick={() => onType(rows.filter((_, place) => place !== at))}
          >
            <DeleteIcon fontSize="small" />
          </IconButton>
        </Box>
      ))}
      {isOutOfOrder && (
        <Typography variant="body2" color="error">
          Each row has a day, later than the one before.
        </Typography>
      )}
      <Button size="small" startIcon={<AddIcon />} onClick={() => onType([...rows, { from: '', value: '' }])}>
        Another value from a day on
      </Button>
    </Box>
  )
}
