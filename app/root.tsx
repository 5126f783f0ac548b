import { Links, Meta, Outlet, Scripts, ScrollRestoration, useHref, useNavigate } from '@remix-run/react'
import { type PropsWithChildren, useContext } from 'react'
import { RouterProvider } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { FailurePage } from '#app/features/shell/FailurePage.tsx'
import { NonceContext } from '#app/nonce.ts'
import styles from '#app/ui/styles.css?url'

/** No loader on purpose: with single fetch a root loader would ask the server on every navigation, also offline. */

export function Layout({ children }: PropsWithChildren) {
  const { i18n } = useTranslation()
  const nonce = useContext(NonceContext)
  return (
    <html lang={i18n.language} dir={i18n.dir()}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" content="#0e4f4c" />
        {/* react-aria adds a <style> of one rule unless an element has this id; the rule is in styles.css (CSP). */}
        <meta id="react-aria-pressable-style" name="color-scheme" content="light dark" />
        {/* Not deferred: nobody sees the theme that was not chosen. */}
        <script src="/look.js" />
        <link rel="manifest" href="/manifest.webmanifest" />
        <link rel="icon" href="/favicon.ico" sizes="32x32" />
        <link rel="icon" href="/icons/mark.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/icons/apple-touch-icon.png" />
        <link rel="stylesheet" href={styles} />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

export const meta = () => [{ title: 'HIMS' }]

export default function App() {
  const navigate = useNavigate()
  return (
    <RouterProvider navigate={navigate} useHref={useHref}>
      <Outlet />
    </RouterProvider>
  )
}

export function ErrorBoundary() {
  return <FailurePage />
}
