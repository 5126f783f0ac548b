export const preferences = {
  title: 'Réglages de cet appareil',
  lead: 'Ils valent aussitôt, même sans réseau, pour tous ceux qui travaillent sur cet appareil.',
  theme: 'Thème',
  themes: { system: 'Comme l’appareil', light: 'Clair', dark: 'Sombre', contrast: 'Contraste élevé' },
  size: 'Taille du texte',
  sizes: { usual: 'Normale', large: 'Grande', largest: 'Très grande' },
  install: {
    title: 'Mettre HIMS sur l’écran d’accueil',
    offered: 'Il démarre comme toute application, aussi sans réseau, et l’appareil garde ce qui est enregistré.',
    installed: 'Oui : il est sur l’écran d’accueil de cet appareil.',
    'by-hand':
      'Ouvrez le menu de partage du navigateur et choisissez « Sur l’écran d’accueil ». Il démarre alors aussi sans réseau, et l’appareil garde ce qui est enregistré.',
    submit: 'L’y mettre',
    notNow: 'Pas sur cet appareil',
  },
  lowData: 'Utiliser peu de données',
  lowDataHint:
    'Qui d’autre a une fiche ouverte n’est ni dit ni montré, et le tableau de bord ne bouge que si vous le demandez. Les fiches sont envoyées et reçues comme toujours.',
  lockAfter: 'Se verrouille après',
  lockAfterHint: 'Quand personne ne touche la tablette.',
  minutes_one: '{{count}} minute',
  minutes_many: '{{count}} de minutes',
  minutes_other: '{{count}} minutes',
  shortcuts: 'Raccourcis clavier',
  shortcutsHint: 'Les touches seules peuvent être désactivées dans les réglages de cet appareil ; Ctrl+K marche toujours.',
  keys: {
    search: 'Chercher, de partout',
    find: 'Chercher',
    register: 'Enregistrer un patient',
    help: 'Afficher ces raccourcis',
    lists: 'Le long d’une liste',
  },
}
