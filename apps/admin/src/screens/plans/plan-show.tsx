import { Box, Card, CardContent, Typography } from '@mui/material'
import { inr } from '../../money/rupees.ts'
import { Facts } from '../../show/facts.tsx'
import { day, ist } from '../../show/instant.tsx'
import { ActorName } from '../../show/member-link.tsx'
import { Page } from '../../show/page.tsx'
import { RecordPage } from '../../show/record-page.tsx'
import { StatusChip } from '../../show/status-chip.tsx'
import { beginningOf } from './plan-beginning.ts'
import { type Plan, percentOf, settingGroups, shownSetting } from './plan-settings.ts'

export default function PlanShow() {
  return <RecordPage<Plan>>{(plan) => <PlanPage plan={plan} />}</RecordPage>
}

function PlanPage({ plan }: { plan: Plan }) {
  const { section_194h } = plan.settings
  return (
    <Page title={`Plan, version ${plan.version}`} mark={<StatusChip status={plan.state} />}>
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', md: '1fr 1fr' }, gap: 2 }}>
        <Section title="This version">
          <Facts
            facts={[
              ['In effect from', beginningOf(plan)],
              ['Made', ist(plan.created_at)],
              ['By', <ActorName key="by" id={plan.created_by} />],
            ]}
          />
        </Section>
        {settingGroups.map(({ title, settings }) => (
          <Section key={title} title={title}>
            <Facts facts={settings.map((setting) => [setting.label, shownSetting(setting, plan.settings)] as const)} />
          </Section>
        ))}
        <Section title="Section 194H">
          <Facts
            facts={[
              ...section_194h.rate_bps.map(
                ({ from, value }) => [`Rate from ${day(from)}`, `${percentOf(value)} %`] as const,
              ),
              ...section_194h.threshold.map(
                ({ from, value }) => [`No tax up to, from ${day(from)}`, inr(value)] as const,
              ),
              ...section_194h.no_pan_rate_bps.map(
                ({ from, value }) => [`Without PAN from ${day(from)}`, `${percentOf(value)} %`] as const,
              ),
            ]}
          />
        </Section>
      </Box>
    </Page>
  )
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Card>
      <CardContent>
        <Typography variant="h6" component="h3" gutterBottom>
          {title}
        </Typography>
        {children}
      </CardContent>
    </Card>
  )
}
