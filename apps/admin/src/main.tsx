import { CacheProvider } from '@emotion/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '@fontsource-variable/inter/wght.css'
import { App } from './app.tsx'
import { createAdoptedCache } from './look/adopted-styles.ts'
import { adoptSession } from './session/session.ts'

const place = document.getElementById('console')
if (!place) throw new Error('The page has no place for the console.')
await adoptSession()
createRoot(place).render(
  <StrictMode>
    <CacheProvider value={createAdoptedCache()}>
      <App />
    </CacheProvider>
  </StrictMode>,
)
