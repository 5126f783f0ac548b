import { type ActionFunctionArgs, data } from '@remix-run/node'
import { refused } from '#app/session/refused.ts'

type Webhooks = ActionFunctionArgs['context']['services']['webhooks']
type Actor = Parameters<Webhooks['remove']>[1]

const INTENTS = ['set-webhook', 'remove-webhook', 'send-again']

export function isAboutWebhook(form: FormData): boolean {
  return INTENTS.includes(String(form.get('intent')))
}

/** What the card of the webhook asks. */
export async function webhookAction({ context, params }: ActionFunctionArgs, form: FormData, actor: Actor) {
  const { webhooks } = context.services
  const { id = '' } = params
  const url = String(form.get('url') ?? '').trim()
  try {
    if (form.get('intent') === 'set-webhook') return { kind: 'webhook' as const, ...(await webhooks.set(id, url, actor)) }
    if (form.get('intent') === 'remove-webhook') await webhooks.remove(id, actor)
    else await webhooks.sendAgain(id, String(form.get('delivery') ?? ''), actor)
    return { kind: 'done' as const }
  } catch (error) {
    const { code } = refused(error)
    if (code === 'invalid') return data({ kind: 'webhook-mistaken' as const, url }, { status: 400 })
    return data({ kind: 'refused' as const, problem: code }, { status: 409 })
  }
}
