export const preferences = {
  title: 'Mipangilio ya kifaa hiki',
  lead: 'Inaanza mara moja, hata bila mtandao, kwa wote wanaofanya kazi kwenye kifaa hiki.',
  theme: 'Mwonekano',
  themes: { system: 'Kama kifaa', light: 'Mwangaza', dark: 'Giza', contrast: 'Utofauti mkubwa' },
  size: 'Ukubwa wa maandishi',
  sizes: { usual: 'Kawaida', large: 'Makubwa', largest: 'Makubwa zaidi' },
  lowData: 'Tumia data kidogo',
  lowDataHint:
    'Nani mwingine amefungua rekodi haisemwi wala kuonyeshwa, na dashibodi hubadilika ukisema tu. Rekodi hutumwa na kupokelewa kama kawaida.',
  lockAfter: 'Jifunge yenyewe baada ya',
  lockAfterHint: 'Wakati hakuna anayegusa tableti.',
  minutes_one: 'dakika {{count}}',
  minutes_other: 'dakika {{count}}',
  shortcuts: 'Njia za mkato za kibodi',
  shortcutsHint: 'Vitufe kimoja kimoja vinaweza kuzimwa katika mipangilio ya kifaa hiki; Ctrl+K hufanya kazi daima.',
  keys: {
    search: 'Tafuta, kutoka popote',
    find: 'Tafuta',
    register: 'Sajili mteja',
    help: 'Onyesha njia hizi za mkato',
    lists: 'Kupitia orodha',
  },
}
