import { QueryClient } from '@tanstack/react-query'
import { type ComponentType, lazy, useEffect } from 'react'
import { Admin, CustomRoutes, Resource, useLogout } from 'react-admin'
import { BrowserRouter, Route } from 'react-router'
import { Problem } from './api/problem.ts'
import { dataProvider } from './data/data-provider.ts'
import { ConsoleLayout } from './look/console-layout.tsx'
import { SignInPage } from './look/sign-in-page.tsx'
import { darkTheme, lightTheme } from './look/theme.ts'
import type { Load, Screen } from './screens/screen.ts'
import { screens } from './screens/screens.ts'
import { authProvider } from './session/auth-provider.ts'
import { may, type Permissions } from './session/may.ts'
import { onSessionEnded } from './session/session.ts'

/** A refusal stays one however often it is asked for; what else failed is asked for once more. */
const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: (count, error) => !(error instanceof Problem) && count < 1, staleTime: 5_000 } },
})

/** Made once, because a lazy component must stay the same one. */
const parts = new Map<Load, ComponentType>()
function part(load: Load | undefined): ComponentType | undefined {
  if (load && !parts.has(load)) parts.set(load, lazy(load))
  return load && parts.get(load)
}

export function App() {
  return (
    <BrowserRouter basename="/admin">
      <Admin
        authProvider={authProvider}
        dataProvider={dataProvider}
        queryClient={queryClient}
        loginPage={SignInPage}
        layout={Frame}
        lightTheme={lightTheme}
        darkTheme={darkTheme}
        requireAuth
        disableTelemetry
        title="EV console"
      >
        {(permissions: Permissions | null | undefined) =>
          screens.filter(({ needs }) => may(needs, permissions)).map(mounted)
        }
      </Admin>
    </BrowserRouter>
  )
}

function mounted({ name, label, icon, nameOf, page, list, show, create, edit }: Screen) {
  const Page = part(page)
  if (Page) {
    return (
      <CustomRoutes key={name}>
        <Route path={`/${name}`} element={<Page />} />
      </CustomRoutes>
    )
  }
  return (
    <Resource
      key={name}
      name={name}
      icon={icon}
      options={{ label }}
      list={part(list)}
      show={part(show)}
      create={part(create)}
      edit={part(edit)}
      recordRepresentation={nameOf}
    />
  )
}

/** The layout, which leaves when the session is over. */
function Frame(props: Parameters<typeof ConsoleLayout>[0]) {
  const logout = useLogout()
  useEffect(() => onSessionEnded(() => void logout()), [logout])
  return <ConsoleLayout {...props} />
}
