import { z } from 'zod'

/** What an administrator sets on the screen, each with the value it has until then. Settings of the process are in its environment. */
export const SETTINGS = {
  /** Narrows 'people.invite-doctor' of domain/access to administrators when it is off. */
  doctorsMayInvite: z.boolean().default(true),
  /** Days without a word from the server after which a tablet shows old records no more (docs/decisions/0023). */
  leaseDays: z.number().int().min(1).max(90).default(14),
} as const

export type SettingName = keyof typeof SETTINGS
export type Settings = { [Name in SettingName]: z.infer<(typeof SETTINGS)[Name]> }

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[]

/** The stored text of a setting; its default when there is none or it makes no sense. */
export function readSetting<Name extends SettingName>(name: Name, stored: string | undefined): Settings[Name] {
  const read = SETTINGS[name].safeParse(parsed(stored))
  return (read.success ? read.data : SETTINGS[name].parse(undefined)) as Settings[Name]
}

function parsed(stored: string | undefined): unknown {
  try {
    return stored === undefined ? undefined : JSON.parse(stored)
  } catch {
    return undefined
  }
}
