import { useTranslation } from 'react-i18next'
import { notSaved } from '#app/session/notSaved.ts'
import { useTablet } from '#app/session/useTablet.ts'
import { Button } from '#app/ui/Button.tsx'
import { useStatus } from '#app/ui/Status.tsx'
import type { RecordOf } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import type { VisitValues } from './visitEntry.ts'

type Enrollment = RecordOf<'enrollments'>

/** Writes visits and says so; one can be taken back while the words are shown. */
export function useVisits(nameOf: (enrollment: Enrollment) => string) {
  const { t } = useTranslation()
  const tablet = useTablet()
  const say = useStatus()
  const edit = (seen: Enrollment, values: Fields) =>
    tablet.save({ collection: 'enrollments', recordId: seen.id, op: 'edit', values, seen: { ...seen } })
  const failed = (error: unknown) => say({ tone: 'danger', words: t(notSaved(error)) })

  const takeBack = ({ id, nextVisitOn, visitOutcome, visitOn }: Enrollment) => {
    const now = tablet.record('enrollments', id)?.record
    if (now === undefined) return
    edit(now, { nextVisitOn, visitOutcome, visitOn }).then(
      () => say({ tone: 'calm', words: t('visits.takenBack', { name: nameOf(now) }) }),
      failed,
    )
  }

  return async (seen: Enrollment, values: VisitValues): Promise<void> => {
    const undo = (
      <Button kind="secondary" onPress={() => takeBack(seen)}>
        {t('enrollments.undo')}
      </Button>
    )
    await edit(seen, values).then(() => say({ tone: 'good', words: t('visits.saved', { name: nameOf(seen) }), action: undo }), failed)
  }
}
