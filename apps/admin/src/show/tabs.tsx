import { Box, Tab, Tabs as TabBar } from '@mui/material'
import { type ReactNode, useId } from 'react'
import { useSearchParams } from 'react-router'

export type TabDeclaration = { readonly name: string; readonly label: string; readonly content: () => ReactNode }

/** Parts of a screen. The chosen one stands in the address (`?tab=wallet`), and only it is loaded. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly TabDeclaration[] }) {
  const id = useId()
  const [query, setQuery] = useSearchParams()
  const chosen = tabs.find(({ name }) => name === query.get('tab')) ?? tabs[0]
  if (!chosen) return null
  return (
    <>
      <TabBar
        value={chosen.name}
        onChange={(_, name: string) => setQuery({ tab: name }, { replace: true })}
        aria-label={label}
        variant="scrollable"
        allowScrollButtonsMobile
        sx={{ borderBottom: 1, borderColor: 'divider', mb: 2 }}
      >
        {tabs.map(({ name, label }) => (
          <Tab key={name} value={name} label={label} id={`${id}-${name}`} aria-controls={`${id}-panel`} />
        ))}
      </TabBar>
      <Box role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen.name}`}>
        {chosen.content()}
      </Box>
    </>
  )
}
