import DevicesIcon from '@mui/icons-material/DevicesOutlined'
import { ListItemIcon, ListItemText, MenuItem } from '@mui/material'
import { Logout, UserMenu, useGetIdentity, useUserMenu } from 'react-admin'
import { Link } from 'react-router'

function SessionsItem() {
  const menu = useUserMenu()
  return (
    <MenuItem component={Link} to="/sessions" onClick={menu?.onClose}>
      <ListItemIcon>
        <DevicesIcon fontSize="small" />
      </ListItemIcon>
      <ListItemText>Where I am signed in</ListItemText>
    </MenuItem>
  )
}

export function AccountMenu() {
  const { identity } = useGetIdentity()
  return (
    // Named by what stands on it.
    <UserMenu label={identity?.fullName ?? 'Account'}>
      <SessionsItem />
      <Logout />
    </UserMenu>
  )
}
