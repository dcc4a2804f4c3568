import { Box, Link, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import type { ReactNode } from 'react'
import { Link as RouterLink } from 'react-router'
import { type RowsBehind, useRowsBehind } from './rows-behind.ts'

export type Column<Row> = {
  readonly label: string
  readonly value: (row: Row) => ReactNode
  readonly isFigure?: boolean
  /** The rows that the figure stands for. */
  readonly rows?: (row: Row) => RowsBehind | null
}

/** The rows of a report; a figure leads to the rows behind it. */
export function ReportTable<Row>({
  label,
  rows,
  columns,
}: {
  label: string
  rows: readonly Row[]
  columns: readonly Column<Row>[]
}) {
  const addressOf = useRowsBehind()
  return (
    // Can be scrolled by keys, too.
    <Box sx={{ maxHeight: 300, overflow: 'auto' }} tabIndex={0} role="region" aria-label={`${label}, table`}>
      <Table size="small" stickyHeader aria-label={label}>
        <TableHead>
          <TableRow>
            {columns.map((column) => (
              <TableCell key={column.label} className={column.isFigure ? 'figures' : undefined}>
                {column.label}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row, at) => (
            <TableRow key={at}>
              {columns.map((column) => {
                const address = addressOf(column.rows?.(row))
                return (
                  <TableCell key={column.label} className={column.isFigure ? 'figures' : undefined}>
                    {address === null ? (
                      column.value(row)
                    ) : (
                      <Link component={RouterLink} to={address}>
                        {column.value(row)}
                      </Link>
                    )}
                  </TableCell>
                )
              })}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  )
}
