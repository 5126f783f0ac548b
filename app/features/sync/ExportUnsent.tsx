import { FileDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { saveFile } from '#app/session/saveFile.ts'
import { today } from '#app/session/today.ts'
import { useTablet } from '#app/session/useTablet.ts'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { useStatus } from '#app/ui/Status.tsx'

/** For a tablet that cannot reach the server any more. Only where something is unsent. */
export function ExportUnsent() {
  const { t } = useTranslation()
  const tablet = useTablet()
  const say = useStatus()
  const save = () => {
    saveFile(`hims-unsent-${today()}.json`, 'application/json', JSON.stringify(tablet.exportUnsent()))
    say({ tone: 'good', words: t('sync.export.done') })
  }
  return (
    <Card className="flex flex-col items-start gap-3">
      <h2 className="text-lg font-bold">{t('sync.export.title')}</h2>
      <p>{t('sync.export.hint')}</p>
      <Button kind="secondary" onPress={save}>
        <FileDown aria-hidden="true" className="size-5 shrink-0" />
        {t('sync.export.button')}
      </Button>
    </Card>
  )
}
