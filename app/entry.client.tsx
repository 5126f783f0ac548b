import { RemixBrowser } from '@remix-run/react'
import { type PropsWithChildren, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { useOwnLanguage } from '#app/features/shell/ownLanguage.ts'
import { startLanguage } from '#app/language/i18n.ts'
import { isLanguage } from '#app/language/languages.ts'
import { registerWorker } from '#app/session/newVersion.ts'

// Hydration has to say what the server said; the boot document speaks English to everybody, so the own language follows.
const rendered = document.documentElement.lang
const i18n = startLanguage(isLanguage(rendered) ? rendered : 'en')

function InOwnLanguage({ children }: PropsWithChildren) {
  useOwnLanguage()
  return children
}

startTransition(() => {
  hydrateRoot(
    document,
    <I18nextProvider i18n={i18n}>
      <InOwnLanguage>
        <RemixBrowser />
      </InOwnLanguage>
    </I18nextProvider>,
  )
})

registerWorker()
