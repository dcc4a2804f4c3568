import { Box, Stack, Typography } from '@mui/material'
import type { ReactNode } from 'react'
import { AppBar, Layout, TitlePortal } from 'react-admin'
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

/** The frame of every screen. */
export function ConsoleLayout({ children }: { children: ReactNode }) {
  return (
    <Layout appBar={ConsoleAppBar} menu={ConsoleMenu} sx={{ '& .RaLayout-content': { px: { xs: 1.5, md: 3 }, pb: 4 } }}>
      <Box sx={{ maxWidth: 1440, width: '100%' }}>{children}</Box>
    </Layout>
  )
}
