import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { useFieldWords } from '#app/words/useFieldWords.ts'
import type { LiveFormState } from './LiveForm.tsx'
import { useLiveWords } from './useLiveWords.ts'

export interface FieldNoteProps {
  part: { name: string; fields: readonly string[] }
  form: LiveFormState
}

/** What another person changed under this field. Nothing is decided for the one who types. */
export function FieldNote({ part, form }: FieldNoteProps) {
  const { t } = useTranslation()
  const { nameOf } = useFieldWords()
  const { taken, other, valueWords } = useLiveWords()
  const note = form.notes[part.name]
  if (note === undefined) return null
  const field = nameOf(part.fields[0] ?? part.name)
  if (note.kind === 'taken')
    return <p className="mt-1.5 border-s-4 border-good ps-3 text-sm text-good">{taken(field, note.by, form.people)}</p>
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-e-lg border-s-4 border-warn bg-warn-soft px-3 py-2">
      <div className="min-w-0 flex-1 basis-40">
        <p className="text-sm text-warn">{other(note.by, form.people)}</p>
        <p className="font-semibold break-words whitespace-pre-line">
          <bdi>{valueWords(part, form.seen)}</bdi>
        </p>
        <p className="text-sm text-ink-soft">{t('live.yoursStays')}</p>
      </div>
      <Button kind="secondary" aria-label={t('live.takeItOf', { field })} onPress={() => form.take(part.name)}>
        {t('live.takeIt')}
      </Button>
    </div>
  )
}
