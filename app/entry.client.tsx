import { RemixBrowser } from '@remix-run/react'
import { type PropsWithChildren, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { ownLanguage, useOwnLanguage } from '#app/features/shell/ownLanguage.ts'
import { addMessages, startLanguage } from '#app/language/i18n.ts'
import { isLanguage } from '#app/language/languages.ts'
import { loadLanguage } from '#app/language/loadLanguage.ts'
import { listenForInstall } from '#app/session/install.ts'
import { registerWorker } from '#app/session/newVersion.ts'

function InOwnLanguage({ children }: PropsWithChildren) {
  useOwnLanguage()
  return children
}

/** Hydration has to say what the server said; the boot document speaks English to everybody, so the own language follows. */
async function start(): Promise<void> {
  const { lang } = document.documentElement
  const rendered = isLanguage(lang) ? lang : 'en'
  const own = ownLanguage()
  const [shown, wanted] = await Promise.all([loadLanguage(rendered), loadLanguage(own)])
  const i18n = startLanguage(rendered, shown)
  if (wanted !== undefined) addMessages(i18n, own, wanted)
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
}

listenForInstall()
void start()
registerWorker()
