import { useNavigate, useSearchParams } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Carried, RegisterClient } from '#app/features/clients/RegisterClient.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'

export const clientLoader = () => null

export default function Register() {
  const { t } = useTranslation()
  const carried = useCarried()
  return (
    <>
      <PageHeader title={t('clients.registerTitle')}>{t('clients.registerLead')}</PageHeader>
      <RegisterClient carried={carried} />
    </>
  )
}

/** Taken from the address once and removed from it: a name must not stay in the history or reach a server's log. */
function useCarried(): Carried {
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const [carried] = useState({ name: params.get('name') ?? '', phone: params.get('phone') ?? '' })
  const isCarrying = params.size > 0
  useEffect(() => {
    if (isCarrying) navigate('/clients/new', { replace: true })
  }, [isCarrying, navigate])
  return carried
}
