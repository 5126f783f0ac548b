/** What a person chooses for this device. */
export const preferences = {
  title: 'Settings of this device',
  lead: 'They hold at once, also without a network, for everybody who works on this device.',
  theme: 'Theme',
  themes: { system: 'As the device', light: 'Light', dark: 'Dark', contrast: 'High contrast' },
  size: 'Text size',
  sizes: { usual: 'Usual', large: 'Large', largest: 'Largest' },
  install: {
    title: 'Put HIMS on the home screen',
    offered: 'It starts like any app, also without a network, and the device keeps what is saved.',
    installed: 'Yes: it is on this device’s home screen.',
    'by-hand':
      'Open the browser’s share menu and choose “Add to Home Screen”. Then it also starts without a network, and the device keeps what is saved.',
    submit: 'Put it there',
    notNow: 'Not on this device',
  },
  lowData: 'Use little data',
  lowDataHint:
    'Who else has a record open is neither told nor shown, and the dashboard moves only when you say so. Records are sent and received as ever.',
  lockAfter: 'Lock by itself after',
  lockAfterHint: 'When nobody touches the tablet.',
  minutes_one: '{{count}} minute',
  minutes_other: '{{count}} minutes',
  shortcuts: 'Keyboard shortcuts',
  shortcutsHint: 'Single keys can be turned off in the settings of this device; Ctrl+K always works.',
  keys: {
    search: 'Search, from anywhere',
    find: 'Search',
    register: 'Register a client',
    help: 'Show these shortcuts',
    lists: 'Along a list',
  },
}
