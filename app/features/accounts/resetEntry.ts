import { type ActionFunctionArgs, data, redirectDocument } from '@remix-run/node'
import type { Mistakes, MistakeWord } from '#app/language/mistakes.ts'
import { PASSWORD_LENGTH } from '#domain/accounts/account.ts'
import { cookiesOf } from './cookies.ts'
import { refusedEntry } from './refusedEntry.ts'

/** The server's side of a new password, by a link (`token`) or by a code that is typed. */

type Meta = Parameters<ActionFunctionArgs['context']['services']['accounts']['endReset']>[2]

const LONGEST_CODE = 40
const DEAD = { 'not-found': 'code-dead', expired: 'code-dead', 'already-used': 'code-dead' } as const

export async function resetPassword({ context, request }: ActionFunctionArgs, token: string | null, meta: Meta) {
  const form = await request.formData()
  const password = String(form.get('password') ?? '')
  const code = token ?? String(form.get('code') ?? '').slice(0, LONGEST_CODE)
  const shown = token === null ? code : undefined
  const missing = missingIn({ code, password })
  if (Object.keys(missing).length > 0) return data({ mistakes: missing, code: shown, wait: undefined }, { status: 400 })
  try {
    const end = await context.services.accounts.endReset(code, password, meta)
    if (end.kind === 'done') return redirectDocument('/sign-in?reset=done', { headers: cookiesOf(end) })
    return data({ mistakes: { password: weaknessWord(end.weakness, false) }, code: shown, wait: undefined }, { status: 400 })
  } catch (error) {
    const { entry, init } = refusedEntry(error, token === null ? 'code' : 'password', DEAD, token === null ? 400 : 404)
    return data({ wait: undefined, ...entry, code: shown }, init)
  }
}

function missingIn({ code, password }: { code: string; password: string }): Mistakes {
  const words: Record<string, MistakeWord> = {}
  if (code.trim() === '') words.code = 'code-needed'
  if (password === '') words.password = 'password-needed'
  if (password.length > PASSWORD_LENGTH.max) words.password = 'password-long'
  return words
}

/** @param secondFactor whether fewer characters are allowed */
export function weaknessWord(weakness: 'short' | 'long' | 'common' | 'personal', secondFactor: boolean): MistakeWord {
  return weakness === 'short' && secondFactor ? 'password-short-factor' : `password-${weakness}`
}
