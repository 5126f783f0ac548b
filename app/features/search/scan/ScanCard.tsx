import { ScanQrCode } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { hasCamera } from './cardCamera.ts'
import { ScanDialog } from './ScanDialog.tsx'

/** Where there is a camera that a page may ask for. */
export function ScanCard({ onNumber }: { onNumber: (number: string) => void }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  if (!hasCamera()) return null
  const taken = (number: string) => {
    setOpen(false)
    onNumber(number)
  }
  return (
    <>
      <Button kind="secondary" onPress={() => setOpen(true)}>
        <ScanQrCode aria-hidden="true" className="size-5" />
        {t('home.scan.open')}
      </Button>
      {isOpen && <ScanDialog onClose={() => setOpen(false)} onNumber={taken} />}
    </>
  )
}
