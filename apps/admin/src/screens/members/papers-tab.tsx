import { Box, Button, Card, CardContent, Stack, Typography } from '@mui/material'
import { useGetList } from 'react-admin'
import { Link } from 'react-router'
import type { Row } from '../../api/answer.ts'
import { Facts } from '../../show/facts.tsx'
import { Failure } from '../../show/failure.tsx'
import { ist } from '../../show/instant.tsx'
import { Loading } from '../../show/loading.tsx'
import { StatusChip } from '../../show/status-chip.tsx'

type Papers = Extract<Row<'/users/kyc/'>, { submitted_at: string }>

/** How far the member's identity check and nominee are, and the way to their review. */
export function PapersTab({ userId }: { userId: number }) {
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', md: '1fr 1fr' }, gap: 2 }}>
      <Handed resource="kyc" title="Identity check" none="No identity check was submitted." userId={userId} />
      <Handed resource="nominees" title="Nominee" none="No nominee was named." userId={userId} />
    </Box>
  )
}

type HandedProps = {
  readonly resource: 'kyc' | 'nominees'
  readonly title: string
  readonly none: string
  readonly userId: number
}

function Handed({ resource, title, none, userId }: HandedProps) {
  const { data, error, refetch } = useGetList<Papers & { id: number }>(resource, {
    filter: { user: userId },
    pagination: { page: 1, perPage: 1 },
    sort: { field: 'id', order: 'DESC' },
  })
  const papers = data?.[0]
  return (
    <Card>
      <CardContent>
        <Stack direction="row" sx={{ gap: 2, alignItems: 'center', mb: 1.5 }}>
          <Typography variant="h6" component="h3">
            {title}
          </Typography>
          {papers && <StatusChip status={papers.status} />}
        </Stack>
        {error ? (
          <Failure error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <Loading rows={2} />
        ) : papers ? (
          <>
            <Facts
              facts={[
                ['Submitted', ist(papers.submitted_at)],
                ['Decided', papers.reviewed_at && ist(papers.reviewed_at)],
                ['Reason', papers.rejection_reason],
              ]}
            />
            <Button component={Link} to={`/${resource}/${papers.id}/show`} sx={{ mt: 1 }}>
              {papers.status === 'pending' ? 'Review it' : 'See it'}
            </Button>
          </>
        ) : (
          <Typography color="text.secondary">{none}</Typography>
        )}
      </CardContent>
    </Card>
  )
}
