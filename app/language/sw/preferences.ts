export const preferences = {
  title: 'Mipangilio ya kifaa hiki',
  lead: 'Inaanza mara moja, hata bila mtandao, kwa wote wanaofanya kazi kwenye kifaa hiki.',
  theme: 'Mwonekano',
  themes: { system: 'Kama kifaa', light: 'Mwangaza', dark: 'Giza', contrast: 'Utofauti mkubwa' },
  size: 'Ukubwa wa maandishi',
  sizes: { usual: 'Kawaida', large: 'Makubwa', largest: 'Makubwa zaidi' },
  install: {
    title: 'Weka HIMS kwenye skrini ya mwanzo',
    offered: 'Inaanza kama programu yoyote, hata bila mtandao, na kifaa kinahifadhi kilichowekwa.',
    installed: 'Ndiyo: iko kwenye skrini ya mwanzo ya kifaa hiki.',
    'by-hand':
      'Fungua menyu ya kushiriki ya kivinjari na uchague “Add to Home Screen”. Kisha inaanza pia bila mtandao, na kifaa kinahifadhi kilichowekwa.',
    submit: 'Iweke hapo',
    notNow: 'Si kwenye kifaa hiki',
  },
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
