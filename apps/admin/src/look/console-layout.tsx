import { Box, Stack, Typography, useMediaQuery } from '@mui/material'
import { type ReactNode, useEffect } from 'react'
import { AppBar, Layout, TitlePortal, useSidebarState } from 'react-admin'
import { AccountMenu } from './account-menu.tsx'
import { ConsoleMenu } from './console-menu.tsx'
import { Mark } from './mark.tsx'

function ConsoleAppBar() {
  return (
    // It holds the heading of the page, which has to be there wherever the page is scrolled to.
    <AppBar alwaysOn color="default" userMenu={<AccountMenu />}>
      <Stack direction="row" spacing={1} sx={{ alignItems: 'center', mr: 3 }}>
        <Mark size={24} />
        <Typography sx={{ fontWeight: 700, display: { xs: 'none', sm: 'block' } }}>EV console</Typography>
      </Stack>
      <TitlePortal variant="body1" color="text.secondary" component="h1" />
    </AppBar>
  )
}

/** The frame of every screen. On a tablet the menu opens as icons, so that the rows have the room. */
export function ConsoleLayout({ children }: { children: ReactNode }) {
  const isNarrow = useMediaQuery('(max-width: 1023px)')
  const [, setMenuOpen] = useSidebarState()
  useEffect(() => setMenuOpen(!isNarrow), [isNarrow, setMenuOpen])
  return (
    <Layout appBar={ConsoleAppBar} menu={ConsoleMenu} sx={{ '& .RaLayout-content': { px: { xs: 1.5, md: 3 }, pb: 4 } }}>
      <Box sx={{ maxWidth: 1440, width: '100%' }}>{children}</Box>
    </Layout>
  )
}
