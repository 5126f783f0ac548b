import { type ActionFunctionArgs, data } from '@remix-run/node'
import { refused } from '#app/session/refused.ts'
import { type ApplicationCommand, readCommand } from './applicationForm.ts'

type Applications = ActionFunctionArgs['context']['services']['applications']
type Actor = Parameters<Applications['disable']>[1]

/** What the buttons beside an application ask, on both of its pages. */
export async function applicationAction({ context }: ActionFunctionArgs, form: FormData, actor: Actor) {
  const command = readCommand(form)
  if (command === null) return data({ kind: 'refused' as const, problem: 'invalid' as const }, { status: 400 })
  try {
    return await obey(context.services.applications, command, actor)
  } catch (error) {
    return data({ kind: 'refused' as const, problem: refused(error).code }, { status: 409 })
  }
}

async function obey(applications: Applications, { intent, id, secretId }: ApplicationCommand, actor: Actor) {
  if (intent === 'add-secret') return { kind: 'secret' as const, credentials: await applications.addSecret(id, actor) }
  if (intent === 'end-tokens') {
    await applications.endTokens(id, actor)
    return { kind: 'ended' as const }
  }
  if (intent === 'revoke-secret') await applications.revokeSecret(id, secretId, actor)
  else await applications[intent](id, actor)
  return { kind: 'done' as const }
}
