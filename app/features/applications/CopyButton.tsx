import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { useStatus } from '#app/ui/Status.tsx'

/** Where the browser refuses the clipboard the text beside it can still be selected with one tap. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation()
  const say = useStatus()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    say({ words: t('fields.copied'), tone: 'good' })
  }
  const Icon = copied ? Check : Copy
  return (
    <Button kind="secondary" aria-label={label} onPress={() => void copy().catch(() => setCopied(false))}>
      <Icon aria-hidden="true" className="size-5" />
      {copied ? t('fields.copied') : t('fields.copy')}
    </Button>
  )
}
