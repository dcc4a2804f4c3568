import { Box, Button, Card, CardContent } from '@mui/material'
import type { Answer } from '../../api/answer.ts'
import { api, ask } from '../../api/client.ts'
import { saveAnswer } from '../../data/save-file.ts'
import { Facts } from '../../show/facts.tsx'
import { ist } from '../../show/instant.tsx'
import { ActorName, MemberLink } from '../../show/member-link.tsx'
import { Page } from '../../show/page.tsx'
import { Paper } from '../../show/paper.tsx'
import { RecordPage } from '../../show/record-page.tsx'
import { StatusChip, statusLabel } from '../../show/status-chip.tsx'
import { useAction } from '../../show/use-action.ts'

type Document = Answer<'/compliance/documents/{id}/'>

export default function DocumentShow() {
  return <RecordPage<Document>>{(document) => <DocumentPage document={document} />}</RecordPage>
}

function DocumentPage({ document }: { document: Document }) {
  const { isBusy, act } = useAction()
  const file = `/compliance/documents/${document.id}/download/`
  const verify = () =>
    act(
      () => ask(api.POST('/compliance/documents/{id}/verify/', { params: { path: { id: document.id } } })),
      'Verified.',
    )
  return (
    <Page
      title={document.title}
      mark={<StatusChip status={document.is_verified ? 'verified' : 'unverified'} />}
      actions={
        <>
          <Button variant="outlined" onClick={() => void saveAnswer(file, document.title)}>
            Download
          </Button>
          {!document.is_verified && (
            <Button variant="contained" disabled={isBusy} onClick={() => void verify()}>
              Verify
            </Button>
          )}
        </>
      }
    >
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', md: '3fr 2fr' }, gap: 2, alignItems: 'start' }}>
        <Card>
          <CardContent>
            <Paper path={file} label={document.title} />
          </CardContent>
        </Card>
        <Card>
          <CardContent>
            <Facts
              facts={[
                ['Member', <MemberLink key="member" id={document.user} name={document.user_name} />],
                ['Kind', statusLabel(document.document_type)],
                ['Description', document.description],
                ['Uploaded', ist(document.uploaded_at)],
                ['Verified', document.verified_at && ist(document.verified_at)],
                ['By', document.verified_by && <ActorName key="by" id={document.verified_by} />],
              ]}
            />
          </CardContent>
        </Card>
      </Box>
    </Page>
  )
}
