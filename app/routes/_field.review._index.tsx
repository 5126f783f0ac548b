import { useTranslation } from 'react-i18next'
import { RemovedList } from '#app/features/removal/RemovedList.tsx'
import { RenumberedList } from '#app/features/review/RenumberedList.tsx'
import { ReviewList } from '#app/features/review/ReviewList.tsx'
import { useQuestions } from '#app/features/review/useQuestions.ts'
import { useSyncState } from '#app/session/useTablet.ts'
import { PageHeader } from '#app/ui/PageHeader.tsx'
import { Skeleton } from '#app/ui/Skeleton.tsx'

export const clientLoader = () => null

export default function Review() {
  const { t } = useTranslation()
  const { loaded } = useSyncState()
  const questions = useQuestions()
  return (
    <>
      <PageHeader title={t('review.title')}>{t('review.lead')}</PageHeader>
      {loaded ? <ReviewList questions={questions} /> : <Skeleton label={t('fields.loading')} lines={6} />}
      {loaded && <RenumberedList />}
      {loaded && <RemovedList />}
    </>
  )
}
