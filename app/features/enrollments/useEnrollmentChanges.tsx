import { useTranslation } from 'react-i18next'
import { notSaved } from '#app/session/notSaved.ts'
import { useTablet } from '#app/session/useTablet.ts'
import { Button } from '#app/ui/Button.tsx'
import { useStatus } from '#app/ui/Status.tsx'
import type { RecordOf } from '#domain/collections.ts'
import type { EndValues } from './enrollmentEntry.ts'
import { newEnrollment, type ProgramChoice } from './programChoices.ts'

type Enrollment = RecordOf<'enrollments'>

/** Writes enrollments and says what was written; an end can be taken back while the words are shown. */
export function useEnrollmentChanges(programName: (id: string) => string) {
  const { t, i18n } = useTranslation()
  const tablet = useTablet()
  const say = useStatus()
  const edit = (seen: Enrollment, values: EndValues) =>
    tablet.save({ collection: 'enrollments', recordId: seen.id, op: 'edit', values, seen: { ...seen } })
  const failed = (error: unknown) => say({ tone: 'danger', words: t(notSaved(error)) })

  const takeBack = (id: string) => {
    const now = tablet.record('enrollments', id)?.record
    if (now === undefined) return
    edit(now, { status: 'active', endedOn: null, reason: null }).then(
      () => say({ tone: 'calm', words: words(now.programId, 'active') }),
      failed,
    )
  }
  const words = (programId: string, status: Enrollment['status']) =>
    t('enrollments.changed', { program: programName(programId), status: t(`enrollments.status.${status}`) })

  const end = async (seen: Enrollment, values: EndValues) => {
    const undo = (
      <Button kind="secondary" onPress={() => takeBack(seen.id)}>
        {t('enrollments.undo')}
      </Button>
    )
    await edit(seen, values).then(() => say({ tone: 'good', words: words(seen.programId, values.status), action: undo }), failed)
  }

  const enrol = async (clientId: string, chosen: readonly ProgramChoice[], enrolledOn: string) => {
    const free = chosen.filter((choice) => choice.kind === 'free')
    try {
      // One after the other, so that they are sent in the order of the list.
      for (const choice of free)
        await tablet.save({ collection: 'enrollments', op: 'create', seen: null, ...newEnrollment(clientId, choice, enrolledOn) })
    } catch (error) {
      return failed(error)
    }
    const names = new Intl.ListFormat(i18n.language).format(free.map(({ program }) => program.name))
    say({ tone: 'good', words: t('enrollments.enrolled', { programs: names }) })
  }
  return { end, enrol }
}
