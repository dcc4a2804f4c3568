import { Box, Typography } from '@mui/material'
import { Menu, useSidebarState } from 'react-admin'
import { groups } from '../screens/screen.ts'
import { screens } from '../screens/screens.ts'
import { useMay } from '../session/may.ts'

/** The screens by group, without those that the signed-in person may not use. */
export function ConsoleMenu() {
  const may = useMay()
  const [isOpen] = useSidebarState()
  const offered = screens.filter(({ needs, isHidden }) => !isHidden && may(needs))
  return (
    <Menu aria-label="Screens" component="nav" sx={{ pb: 4 }}>
      {groups.map((group) => {
        const items = offered.filter((screen) => screen.group === group)
        if (items.length === 0) return null
        return (
          <Box key={group} role="group" aria-label={group} sx={{ mt: 1.5 }}>
            {isOpen && (
              <Typography variant="caption" color="text.secondary" sx={{ px: 2, fontWeight: 600 }} aria-hidden>
                {group}
              </Typography>
            )}
            {items.map(({ name, label, icon: Icon }) => (
              <Menu.Item key={name} to={`/${name}`} primaryText={label} leftIcon={<Icon fontSize="small" />} />
            ))}
          </Box>
        )
      })}
    </Menu>
  )
}
