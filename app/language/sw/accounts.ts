export const accounts = {
  role: { admin: 'Msimamizi', doctor: 'Daktari', viewer: 'Mtazamaji wa dashibodi' },
  roleHint: {
    admin: 'Hualika watu, husimamia vituo na mifumo washirika, husoma kumbukumbu ya ukaguzi. Haoni mteja yeyote.',
    doctor: 'Husajili na kufuatilia wateja wa kituo, hata bila mtandao.',
    viewer: 'Huona takwimu za dashibodi, kamwe si mtu.',
  },
  passwordRules: 'Herufi 15 au zaidi. Sentensi ya maneno machache ni imara na rahisi kukumbuka; nafasi zinaruhusiwa.',
  showPassword: 'Onyesha nenosiri',
  hidePassword: 'Ficha nenosiri',
  setup: {
    title: 'Karibu HIMS',
    lead: 'Unafungua akaunti ya kwanza. Baada yake, watu huingia kwa mwaliko tu.',
    alsoDoctor: 'Mimi pia nahudumia wateja',
    alsoDoctorHint: 'Hapo utakuwa msimamizi na daktari. Bila hilo, msimamizi tu.',
    submit: 'Fungua akaunti na uanze',
  },
  invitation: {
    title: 'Umealikwa',
    lead: 'Utafanya kazi hapa kama {{roles}}. Chagua jina lako na nenosiri lako.',
    emailFixed: 'Utaingia kwa barua pepe hii. Aliyekualika pekee ndiye anayeweza kuibadilisha, kwa mwaliko mpya.',
    submit: 'Fungua akaunti yangu',
  },
  link: {
    title: 'Kiungo hiki hakifanyi kazi',
    'not-found': 'Hakijakamilika, au kiungo kipya kimechukua nafasi yake. Omba kiungo kipya, au angalia seva ilichochapisha mwisho.',
    expired: 'Ni cha zamani mno: kiungo cha kuanzisha hudumu dakika 30, mwaliko saa 72. Omba kipya.',
    'already-used': 'Kilishatumika; kila kiungo hufungua akaunti moja. Kama akaunti hiyo ni yako, ingia.',
  },
  signIn: {
    title: 'Ingia',
    submit: 'Ingia',
    noAccount: 'Huna akaunti? Mwombe msimamizi au daktari wa kliniki yako mwaliko.',
    goTo: 'Nenda kuingia',
  },
}
