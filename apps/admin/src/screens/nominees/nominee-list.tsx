import { PapersList } from '../review/papers-list.tsx'

export default function NomineeList() {
  return <PapersList empty="No nominee has been named yet. Members name theirs themselves." />
}
