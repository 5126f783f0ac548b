import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { countriesIn } from '#app/features/administration/countries.ts'
import { FacilityForm } from '#app/features/administration/FacilityForm.tsx'
import { FacilityList } from '#app/features/administration/FacilityList.tsx'
import { readFacility } from '#app/features/administration/facilityEntry.ts'
import { permitted } from '#app/features/gate/permitted.ts'
import { pickLanguage } from '#app/language/languages.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Card } from '#app/ui/Card.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'

export async function loader(args: LoaderFunctionArgs) {
  permitted(args, 'facilities.manage')
  const { headers } = args.request
  const language = pickLanguage(headers.get('cookie') ?? '', (headers.get('accept-language') ?? '').split(','))
  return { facilities: await args.context.services.records.facilities(), countries: countriesIn(language) }
}

export async function action(args: ActionFunctionArgs) {
  const account = permitted(args, 'facilities.manage')
  const { records } = args.context.services
  const { values, mistakes, typed } = readFacility(await args.request.formData())
  if (values === null) return data({ refused: { mistakes, typed } }, { status: 400 })
  const actor = { accountId: account.id }
  if (typed.id === null) return { saved: { name: values.name, id: await records.createFacility(values, actor) } }
  const known = await records.facilities()
  if (!known.some(({ id }) => id === typed.id)) throw data(null, { status: 404 })
  await records.renameFacility(typed.id, values, actor)
  return { saved: { name: values.name, id: typed.id } }
}

export default function Facilities() {
  const { t } = useTranslation()
  const { facilities, countries } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const refused = answer !== undefined && 'refused' in answer ? answer.refused : null
  const saved = answer !== undefined && 'saved' in answer ? answer.saved : null
  const refusedNew = refused?.typed.id === null ? refused : null
  return (
    <>
      <PageHeader title={t('administration.facilities.title')}>{t('administration.facilities.lead')}</PageHeader>
      <div role="status">{saved !== null && <Banner tone="good" title={t('administration.facilities.saved', { name: saved.name })} />}</div>
      <FacilityList facilities={facilities} countries={countries} refused={refused} />
      <Card className="flex max-w-2xl flex-col gap-4">
        <h2 className="text-xl font-bold">{t('administration.facilities.add')}</h2>
        <FacilityForm
          key={saved?.id}
          countries={countries}
          typed={refusedNew?.typed ?? { id: null, name: '', code: '', country: '' }}
          mistakes={refusedNew?.mistakes}
        />
      </Card>
    </>
  )
}
