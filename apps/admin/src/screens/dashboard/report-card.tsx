import ChartIcon from '@mui/icons-material/BarChartOutlined'
import DownloadIcon from '@mui/icons-material/DownloadOutlined'
import TableIcon from '@mui/icons-material/TableRowsOutlined'
import { Box, Card, CardContent, IconButton, Stack, Tooltip, Typography } from '@mui/material'
import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useId, useState } from 'react'
import { exportRows } from '../../data/export-rows.ts'
import { Empty } from '../../show/empty.tsx'
import { Failure } from '../../show/failure.tsx'
import { Loading } from '../../show/loading.tsx'
import { type Column, ReportTable } from './report-table.tsx'

type ReportCardProps<Row> = {
  readonly title: string
  readonly hint?: ReactNode
  readonly query: UseQueryResult<readonly Row[]>
  readonly columns: readonly Column<Row>[]
  /** What the file is called. */
  readonly file: string
  readonly chart: (rows: readonly Row[]) => ReactNode
  readonly actions?: ReactNode
  readonly empty: string
}

/** A report as a chart, as a table whose rows lead to what is behind them, and as a file. */
export function ReportCard<Row extends Readonly<Record<string, unknown>>>(props: ReportCardProps<Row>) {
  const { title, hint, query, columns, file, chart, actions, empty } = props
  const [isTable, setTable] = useState(false)
  const titleId = useId()
  const rows = query.data ?? []
  return (
    <Card component="section" aria-labelledby={titleId} sx={{ minWidth: 0 }}>
      <CardContent>
        <Stack direction="row" sx={{ alignItems: 'center', gap: 1, mb: 1 }}>
          <Box sx={{ flex: 1, minWidth: 0 }}>
            <Typography variant="h6" component="h3" id={titleId}>
              {title}
            </Typography>
            {hint && (
              <Typography variant="body2" color="text.secondary">
                {hint}
              </Typography>
            )}
          </Box>
          {actions}
          <Tooltip title={isTable ? 'Show as a chart' : 'Show as a table'}>
            <IconButton
              size="small"
              onClick={() => setTable(!isTable)}
              aria-label={`${title}: show as a ${isTable ? 'chart' : 'table'}`}
            >
              {isTable ? <ChartIcon fontSize="small" /> : <TableIcon fontSize="small" />}
            </IconButton>
          </Tooltip>
          <Tooltip title="Save as CSV">
            <span>
              <IconButton
                size="small"
                disabled={rows.length === 0}
                onClick={() => exportRows(rows, file)}
                aria-label={`${title}: save as CSV`}
              >
                <DownloadIcon fontSize="small" />
              </IconButton>
            </span>
          </Tooltip>
        </Stack>
        {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Loading rows={6} />}
        {query.data && rows.length === 0 && <Empty title={empty} />}
        {rows.length > 0 && (isTable ? <ReportTable label={title} rows={rows} columns={columns} /> : chart(rows))}
      </CardContent>
    </Card>
  )
}
