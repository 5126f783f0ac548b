import { useNavigate } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { notSaved } from '#app/session/notSaved.ts'
import { useTablet } from '#app/session/useTablet.ts'
import { useStatus } from '#app/ui/Status.tsx'
import type { RecordOf } from '#domain/collections.ts'
import type { ProgramFields } from '#domain/programs/program.ts'

/** Writes programs, says what was written, and goes to the program's page. */
export function useProgramChanges() {
  const { t } = useTranslation()
  const tablet = useTablet()
  const say = useStatus()
  const navigate = useNavigate()

  const write = async (saving: Promise<void>, words: string): Promise<boolean> => {
    return saving.then(
      () => {
        say({ tone: 'good', words })
        return true
      },
      (error) => {
        say({ tone: 'danger', words: t(notSaved(error)) })
        return false
      },
    )
  }
  const edit = (seen: RecordOf<'programs'>, values: Partial<ProgramFields>) =>
    tablet.save({ collection: 'programs', recordId: seen.id, op: 'edit', values, seen: { ...seen } })

  return {
    create: async (code: string, values: ProgramFields) => {
      const saving = tablet.save({ collection: 'programs', recordId: code, op: 'create', values, seen: null })
      const saved = await write(saving, t('programs.created', { name: values.name }))
      if (saved) navigate(`/programs/${code}`)
      return saved
    },
    correct: async (seen: RecordOf<'programs'>, values: ProgramFields) => {
      const saved = await write(edit(seen, values), t('programs.saved', { name: values.name }))
      if (saved) navigate(`/programs/${seen.id}`)
      return saved
    },
    setActive: (seen: RecordOf<'programs'>, active: boolean) =>
      write(edit(seen, { active }), t(active ? 'programs.activated' : 'programs.deactivated', { name: seen.name })),
  }
}
