import { useNavigate } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { settings } from '#app/session/settings.ts'
import { Button } from '#app/ui/Button.tsx'
import { Dialog } from '#app/ui/Dialog.tsx'

export const SEARCH_ID = 'search'
const KEYS = { search: ['Ctrl', 'K'], find: ['/'], register: ['N'], help: ['?'], lists: ['↑', '↓'] } as const
const NAMES = Object.keys(KEYS) as (keyof typeof KEYS)[]

/** The keys of the field pages. Ctrl+K always works; the single keys can be turned off in the settings (WCAG 2.1.4). */
export function Shortcuts() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const act = (event: KeyboardEvent) => {
      const wish = wishOf(event)
      // A dialog keeps its person inside.
      if (wish === null || document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return
      event.preventDefault()
      if (wish === 'help') return setOpen(true)
      navigate(wish === 'register' ? '/clients/new' : '/')
      if (wish === 'search') focusWhenThere(SEARCH_ID)
    }
    addEventListener('keydown', act)
    return () => removeEventListener('keydown', act)
  }, [navigate])
  return (
    <Dialog title={t('preferences.shortcuts')} open={isOpen} onClose={() => setOpen(false)}>
      <dl className="flex flex-col gap-3">
        {NAMES.map((name) => (
          <div key={name} className="flex items-center justify-between gap-4">
            <dt>{t(`preferences.keys.${name}`)}</dt>
            <dd dir="ltr" className="flex gap-1">
              {KEYS[name].map((key) => (
                <kbd key={key} className="rounded border border-line-strong px-2 font-mono">
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-sm text-ink-soft">{t('preferences.shortcutsHint')}</p>
      <Button onPress={() => setOpen(false)}>{t('fields.close')}</Button>
    </Dialog>
  )
}

function wishOf(event: KeyboardEvent): 'search' | 'register' | 'help' | null {
  if (event.altKey || event.isComposing) return null
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === 'k' && !event.shiftKey ? 'search' : null
  if (!settings().shortcuts || isTyping(event.target)) return null
  if (event.key === '?') return 'help'
  if (event.key === '/') return 'search'
  return event.key === 'n' ? 'register' : null
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

/** The page that has it may still be on its way; after a second nobody waits for it any more. */
function focusWhenThere(id: string, tries = 60): void {
  const found = document.getElementById(id)
  if (found !== null) found.focus()
  else if (tries > 0) requestAnimationFrame(() => focusWhenThere(id, tries - 1))
}
