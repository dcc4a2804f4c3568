import { Box, useTheme } from '@mui/material'
import { useNavigate } from 'react-router'
import { Bar, CartesianGrid, ComposedChart, Legend, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { inr } from '../../money/rupees.ts'
import { type RowsBehind, useRowsBehind } from './rows-behind.ts'

export type Series<Row> = {
  readonly name: string
  readonly value: (row: Row) => number | string
  readonly as: 'bar' | 'line'
  readonly color: 'primary' | 'secondary' | 'info' | 'success' | 'warning'
  readonly isMoney?: boolean
}

type ChartProps<Row> = {
  readonly label: string
  readonly rows: readonly Row[]
  readonly nameOf: (row: Row) => string
  readonly series: readonly Series<Row>[]
  /** Where a click on a row of the chart leads. */
  readonly behind?: (row: Row) => RowsBehind | null
}

const compact = new Intl.NumberFormat('en-IN', { notation: 'compact', maximumFractionDigits: 1 })
const whole = new Intl.NumberFormat('en-IN')

/** Bars and lines over days, months or names. Amounts keep to the left axis, counts to the right one when there are both. */
export function Chart<Row>({ label, rows, nameOf, series, behind }: ChartProps<Row>) {
  const { palette, typography } = useTheme()
  const navigate = useNavigate()
  const addressOf = useRowsBehind()
  const points = rows.map((row) =>
    Object.fromEntries([['name', nameOf(row)], ...series.map((each) => [each.name, Number(each.value(row))])]),
  )
  const hasMoney = series.some(({ isMoney }) => isMoney)
  const hasCounts = series.some(({ isMoney }) => !isMoney)
  const text = { fill: palette.text.secondary, fontSize: 12, fontFamily: typography.fontFamily ?? '' }
  const axis = { tick: text, tickLine: false, axisLine: false, width: 56 } as const
  const isMoney = (name: unknown) => series.some((each) => each.name === name && each.isMoney)
  const common = { isAnimationActive: false } as const
  return (
    <Box
      role="img"
      aria-label={`${label}, chart. The table beside it has the same figures.`}
      sx={{ height: 280, '& .recharts-surface': { outline: 'none' } }}
    >
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart
          data={points}
          accessibilityLayer={false}
          margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
          onClick={({ activeTooltipIndex }) => {
            const row = rows[Number(activeTooltipIndex ?? Number.NaN)]
            const address = row && addressOf(behind?.(row))
            if (address) void navigate(address)
          }}
        >
          <CartesianGrid vertical={false} stroke={palette.divider} />
          <XAxis dataKey="name" tick={text} tickLine={false} axisLine={{ stroke: palette.divider }} minTickGap={24} />
          {hasMoney && (
            <YAxis yAxisId="money" {...axis} tickFormatter={(value: number) => `₹${compact.format(value)}`} />
          )}
          {hasCounts && (
            <YAxis
              yAxisId="count"
              {...axis}
              orientation={hasMoney ? 'right' : 'left'}
              allowDecimals={false}
              tickFormatter={(value: number) => compact.format(value)}
            />
          )}
          <Tooltip
            cursor={{ fill: palette.action.hover }}
            contentStyle={{
              background: palette.background.paper,
              border: `1px solid ${palette.divider}`,
              borderRadius: 8,
              fontSize: 13,
            }}
            labelStyle={{ color: palette.text.primary, fontWeight: 600 }}
            itemStyle={{ color: palette.text.primary }}
            formatter={(value, name) => (isMoney(name) ? inr(Number(value).toFixed(2)) : whole.format(Number(value)))}
          />
          {series.length > 1 && (
            <Legend
              itemSorter={null}
              iconType="circle"
              iconSize={9}
              formatter={(name) => (
                <Box component="span" sx={{ color: 'text.secondary', fontSize: 13 }}>
                  {name}
                </Box>
              )}
            />
          )}
          {series.map(({ name, as, color, isMoney }) => {
            const axisId = isMoney ? 'money' : 'count'
            return as === 'bar' ? (
              <Bar
                key={name}
                dataKey={name}
                yAxisId={axisId}
                fill={palette[color].main}
                radius={[3, 3, 0, 0]}
                maxBarSize={36}
                {...common}
              />
            ) : (
              <Line
                key={name}
                dataKey={name}
                yAxisId={axisId}
                stroke={palette[color].main}
                strokeWidth={2}
                dot={rows.length <= 12}
                type="linear"
                {...common}
              />
            )
          })}
        </ComposedChart>
      </ResponsiveContainer>
    </Box>
  )
}
