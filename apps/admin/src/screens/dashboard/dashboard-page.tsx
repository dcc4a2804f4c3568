import { Box, Stack, ToggleButton, ToggleButtonGroup } from '@mui/material'
import { useMay } from '../../session/may.ts'
import { Page } from '../../show/page.tsx'
import { BookingsReport } from './bookings-report.tsx'
import { CommissionsReport } from './commissions-report.tsx'
import { GrowthReport } from './growth-report.tsx'
import { LiabilitiesReport } from './liabilities-report.tsx'
import { lastDays, spans, useSpan } from './period.ts'
import { PlatformFigures } from './platform-figures.tsx'
import { SalesReport } from './sales-report.tsx'
import { TaxReport } from './tax-report.tsx'
import { WaitingWork } from './waiting-work.tsx'

/** The first page: what there is, what waits, and how it went. Each sees the reports that the API gives them. */
export default function DashboardPage() {
  const may = useMay()
  const [span, setSpan] = useSpan()
  const days = lastDays(span)
  return (
    <Page
      title="Dashboard"
      actions={
        <ToggleButtonGroup
          size="small"
          exclusive
          value={span}
          onChange={(_, next: number | null) => next && setSpan(next)}
          aria-label="Days that sales and bookings cover"
        >
          {spans.map((each) => (
            <ToggleButton key={each.days} value={each.days}>
              {each.label}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      }
    >
      <Stack sx={{ gap: 2 }}>
        {may('get /reports/liabilities/') ? <PlatformFigures /> : <WaitingWork />}
        <Box
          sx={{
            display: 'grid',
            gap: 2,
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' },
          }}
        >
          {may('get /reports/sales/') && <SalesReport days={days} />}
          <BookingsReport days={days} />
          {may('get /reports/commissions/') && <CommissionsReport />}
          <GrowthReport />
          {may('get /reports/tds/') && <TaxReport />}
          {may('get /reports/liabilities/') && <LiabilitiesReport />}
        </Box>
      </Stack>
    </Page>
  )
}
