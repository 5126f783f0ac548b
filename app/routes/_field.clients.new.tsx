import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RegisterClient } from '#app/features/clients/RegisterClient.tsx'
import { carriedPerson, dropCarried } from '#app/session/carried.ts'
import { PageHeader } from '#app/ui/PageHeader.tsx'

export const clientLoader = () => null

export default function Register() {
  const { t } = useTranslation()
  const [carried] = useState(carriedPerson)
  useEffect(dropCarried, [])
  return (
    <>
      <PageHeader title={t('clients.registerTitle')}>{t('clients.registerLead')}</PageHeader>
      <RegisterClient carried={carried} />
    </>
  )
}
