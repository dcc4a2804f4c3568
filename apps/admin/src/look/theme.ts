import { alpha, type Theme } from '@mui/material/styles'
import { defaultDarkTheme, defaultLightTheme, type RaThemeOptions } from 'react-admin'

declare module '@mui/material/Chip' {
  interface ChipPropsVariantOverrides {
    tinted: true
  }
}

/** Pine green, ink and a little brass: quiet enough to look at all day. Text on each colour has a contrast of at least 4.5. */
const light = {
  mode: 'light',
  primary: { main: '#0f5c58', dark: '#0a4340', light: '#2f7d78', contrastText: '#ffffff' },
  secondary: { main: '#8a5a0b', contrastText: '#ffffff' },
  success: { main: '#1c6b3c' },
  warning: { main: '#8a5200' },
  error: { main: '#b3261e' },
  info: { main: '#1f5f99' },
  background: { default: '#f5f6f4', paper: '#ffffff' },
  text: { primary: '#1b2523', secondary: '#55625f' },
  divider: '#e1e5e2',
} as const

const dark = {
  mode: 'dark',
  primary: { main: '#6fc3bb', dark: '#4fa59d', light: '#9adad3', contrastText: '#06201e' },
  secondary: { main: '#e0b768', contrastText: '#241a05' },
  success: { main: '#7cc795' },
  warning: { main: '#e5b567' },
  error: { main: '#f2958d' },
  info: { main: '#8dbdea' },
  background: { default: '#0f1514', paper: '#171f1d' },
  text: { primary: '#e6ecea', secondary: '#a3b0ac' },
  divider: '#2a3532',
} as const

const toned = ['success', 'warning', 'error', 'info'] as const

const chipVariants = [
  ...toned.map((color) => ({
    props: { variant: 'tinted' as const, color },
    style: ({ theme }: { theme: Theme }) => ({
      color: theme.palette[color].main,
      backgroundColor: alpha(theme.palette[color].main, theme.palette.mode === 'light' ? 0.09 : 0.16),
    }),
  })),
  {
    props: { variant: 'tinted' as const, color: 'default' as const },
    style: ({ theme }: { theme: Theme }) => ({
      color: theme.palette.text.secondary,
      backgroundColor: alpha(theme.palette.text.secondary, 0.1),
    }),
  },
]

function themeOf(palette: typeof light | typeof dark, base: RaThemeOptions): RaThemeOptions {
  const border = `1px solid ${palette.divider}`
  return {
    ...base,
    palette,
    shape: { borderRadius: 8 },
    sidebar: { width: 240, closedWidth: 64 },
    typography: {
      fontFamily: '"Inter Variable", system-ui, sans-serif',
      fontSize: 14,
      h4: { fontSize: '1.75rem', fontWeight: 600, letterSpacing: '-0.02em' },
      h5: { fontSize: '1.375rem', fontWeight: 600, letterSpacing: '-0.015em' },
      h6: { fontSize: '1.0625rem', fontWeight: 600, letterSpacing: '-0.01em' },
      subtitle2: { fontWeight: 600 },
      button: { textTransform: 'none', fontWeight: 600 },
    },
    components: {
      ...base.components,
      MuiTextField: { defaultProps: { variant: 'outlined', margin: 'dense', size: 'small', fullWidth: true } },
      MuiFormControl: { defaultProps: { variant: 'outlined', margin: 'dense', size: 'small', fullWidth: true } },
      MuiCssBaseline: {
        styleOverrides: {
          body: { WebkitFontSmoothing: 'antialiased' },
          '.money, time, .RaDataTable-headerCell, td': { fontVariantNumeric: 'tabular-nums' },
          '.money': { whiteSpace: 'nowrap' },
          'td.figures, th.figures': { textAlign: 'right' },
          'main a:not([class])': { color: palette.primary.main },
          ':focus-visible': { outline: `2px solid ${palette.primary.main}`, outlineOffset: 2 },
        },
      },
      MuiAppBar: {
        styleOverrides: {
          root: {
            backgroundColor: palette.background.paper,
            backgroundImage: 'none',
            color: palette.text.primary,
            borderBottom: border,
            boxShadow: 'none',
          },
        },
      },
      MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' }, elevation1: { boxShadow: 'none', border } } },
      MuiCard: { styleOverrides: { root: { boxShadow: 'none', border } } },
      MuiCircularProgress: { defaultProps: { 'aria-label': 'Loading' } },
      MuiButton: { defaultProps: { disableElevation: true } },
      MuiChip: { variants: chipVariants, styleOverrides: { root: { fontWeight: 600, borderRadius: 6 } } },
      MuiTableCell: {
        styleOverrides: {
          root: { borderColor: palette.divider },
          head: { color: palette.text.secondary, fontWeight: 600, backgroundColor: palette.background.paper },
        },
      },
      RaMenuItemLink: {
        styleOverrides: {
          root: {
            margin: '1px 8px',
            borderRadius: 6,
            '&.RaMenuItemLink-active': {
              color: palette.primary.main,
              fontWeight: 600,
              backgroundColor: alpha(palette.primary.main, 0.1),
              '& .RaMenuItemLink-icon': { color: palette.primary.main },
            },
          },
        },
      },
      MuiTab: { styleOverrides: { root: { minHeight: 44 } } },
      MuiDialog: { styleOverrides: { paper: { borderRadius: 12, border } } },
      MuiDialogActions: { styleOverrides: { root: { padding: 16 } } },
    },
  }
}

export const lightTheme = themeOf(light, defaultLightTheme)
export const darkTheme = themeOf(dark, defaultDarkTheme)
