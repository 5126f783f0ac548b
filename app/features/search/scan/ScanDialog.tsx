import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Banner } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'
import { Dialog } from '#app/ui/Dialog.tsx'
import { readClientNumber } from '#domain/clients/number.ts'
import { type CameraProblem, readCards } from './cardCamera.ts'

export interface ScanDialogProps {
  onClose: () => void
  onNumber: (number: string) => void
}

export function ScanDialog({ onClose, onNumber }: ScanDialogProps) {
  const { t } = useTranslation()
  const video = useRef<HTMLVideoElement>(null)
  const take = useRef(onNumber)
  take.current = onNumber
  const [problem, setProblem] = useState<CameraProblem | 'notACard' | null>(null)
  useEffect(() => {
    if (video.current === null) return
    const onText = (text: string) => {
      const number = readClientNumber(text)
      if (number === null) setProblem('notACard')
      else take.current(number)
    }
    return readCards(video.current, { onText, onProblem: setProblem })
  }, [])
  return (
    <Dialog title={t('home.scan.title')} open onClose={onClose}>
      <p className="text-ink-soft">{t('home.scan.hint')}</p>
      <video
        ref={video}
        muted
        playsInline
        aria-label={t('home.scan.picture')}
        className="aspect-square w-full rounded-lg bg-sunken object-cover"
      />
      <div role="status">{problem !== null && <Banner tone="warn" title={t(`home.scan.${problem}`)} />}</div>
      <Button kind="secondary" className="self-end" onPress={onClose}>
        {t('fields.cancel')}
      </Button>
    </Dialog>
  )
}
