import { PapersList } from '../review/papers-list.tsx'

export default function KycList() {
  return <PapersList empty="No identity check has been submitted yet. Members hand in their papers themselves." />
}
