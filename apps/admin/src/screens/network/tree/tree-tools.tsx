import AddIcon from '@mui/icons-material/Add'
import FitIcon from '@mui/icons-material/FitScreenOutlined'
import KeyboardIcon from '@mui/icons-material/KeyboardOutlined'
import RemoveIcon from '@mui/icons-material/Remove'
import { IconButton, Paper, Tooltip } from '@mui/material'

type TreeToolsProps = {
  readonly onZoom: (factor: number) => void
  readonly onFit: () => void
  readonly help: string
}

/** The buttons in the corner of the picture. */
export function TreeTools({ onZoom, onFit, help }: TreeToolsProps) {
  return (
    <Paper variant="outlined" sx={{ position: 'absolute', right: 12, bottom: 12, display: 'flex' }}>
      <Tooltip title="Closer (+)">
        <IconButton aria-label="Closer" onClick={() => onZoom(1.3)}>
          <AddIcon />
        </IconButton>
      </Tooltip>
      <Tooltip title="Farther (−)">
        <IconButton aria-label="Farther" onClick={() => onZoom(1 / 1.3)}>
          <RemoveIcon />
        </IconButton>
      </Tooltip>
      <Tooltip title="Show all (0)">
        <IconButton aria-label="Show all" onClick={onFit}>
          <FitIcon />
        </IconButton>
      </Tooltip>
      <Tooltip title={help}>
        <IconButton aria-label="Keys">
          <KeyboardIcon />
        </IconButton>
      </Tooltip>
    </Paper>
  )
}
