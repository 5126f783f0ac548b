import type { Letter } from './mail.ts'

/** Nobody knows yet which language the reader chose, so each letter says everything in English and in Kiswahili. */

export function invitationLetter(to: string, link: string): Letter {
  return letter(to, 'Your invitation to HIMS / Mwaliko wako wa HIMS', [
    'You are invited to HIMS. Open this link to choose your name and your password. It works once, for 72 hours:',
    link,
    'Umealikwa kwenye HIMS. Fungua kiungo hiki ili kuchagua jina lako na nenosiri lako. Hufanya kazi mara moja, kwa saa 72:',
    link,
  ])
}

export function resetLetter(to: string, link: string): Letter {
  return letter(to, 'A new password for HIMS / Nenosiri jipya la HIMS', [
    'Somebody asked for a new password for your account. Open this link to choose one. It works once, for 10 minutes:',
    link,
    'If it was not you, do nothing: your password stays as it is.',
    'Mtu ameomba nenosiri jipya la akaunti yako. Fungua kiungo hiki ili kulichagua. Hufanya kazi mara moja, kwa dakika 10:',
    link,
    'Kama si wewe, usifanye chochote: nenosiri lako halibadiliki.',
  ])
}

function letter(to: string, subject: string, lines: readonly string[]): Letter {
  return { to, subject, text: lines.join('\n\n') }
}
