import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { LiveField } from '#app/live/LiveField.tsx'
import { Button } from '#app/ui/Button.tsx'
import { FieldProblem, Hint, labelLook } from '#app/ui/FieldFrame.tsx'
import { ClientBox, type FormPart } from './ClientTextField.tsx'

/** The date in three boxes, or the age: one of them is asked. */
export function BirthFields(part: FormPart) {
  const { t } = useTranslation()
  const { form } = part
  const isAge = form.typed.birth === 'age'
  const focusOnSwitch = useFocusOnSwitch(isAge ? 'age' : 'birthDay')
  const change = () => {
    focusOnSwitch()
    form.change({ birth: isAge ? 'date' : 'age' })
  }
  return (
    <LiveField part="birth" className="flex flex-col items-start gap-2">
      {isAge ? (
        <ClientBox
          {...part}
          name="age"
          label={t('clients.age')}
          hint={t('clients.ageHint')}
          inputMode="numeric"
          maxLength={3}
          className="w-full max-w-56"
          figures
        />
      ) : (
        <DateBoxes {...part} />
      )}
      <Button kind="quiet" className="-ms-3 px-3" onPress={change}>
        {t(isAge ? 'clients.dateKnown' : 'clients.onlyAge')}
      </Button>
    </LiveField>
  )
}

/** One sentence for the three: under a narrow box it would be a column of words. */
function DateBoxes(part: FormPart) {
  const { t } = useTranslation()
  const boxes = [
    { name: 'birthDay', label: t('clients.day'), maxLength: 2, className: 'basis-20' },
    { name: 'birthMonth', label: t('clients.month'), maxLength: 2, className: 'basis-20' },
    { name: 'birthYear', label: t('clients.year'), maxLength: 4, className: 'basis-28' },
  ] as const
  const words = boxes.map(({ name }) => part.mistakeOf(name)).find((mistake) => mistake !== undefined)
  return (
    <fieldset aria-describedby={words === undefined ? 'birth-hint' : 'birth-hint birth-error'} className="flex min-w-0 flex-col gap-1.5">
      <legend className={`${labelLook} mb-1.5`}>{t('clients.bornOn')}</legend>
      <Hint id="birth-hint">{t('clients.bornOnHint')}</Hint>
      <div className="mt-1 flex gap-3 *:min-w-0">
        {boxes.map((box) => (
          <ClientBox
            key={box.name}
            {...part}
            {...box}
            inputMode="numeric"
            figures
            mistakeOf={(field) => (part.mistakeOf(field) === undefined ? undefined : '')}
          />
        ))}
      </div>
      {words !== undefined && <FieldProblem id="birth-error">{words}</FieldProblem>}
    </fieldset>
  )
}

/** The button stays, but what it was pressed for is the box. Not when another person's change switches the two. */
function useFocusOnSwitch(fieldId: string): () => void {
  const isPressed = useRef(false)
  useEffect(() => {
    if (!isPressed.current) return
    isPressed.current = false
    document.getElementById(fieldId)?.focus()
  }, [fieldId])
  return () => {
    isPressed.current = true
  }
}
