/** Other people at the same record, and what they change under an open form. */
export const live = {
  open_one: '{{names}} has this open',
  open_other: '{{names}} have this open',
  openByYou: 'You have this open on another device',
  editing: '{{name}} is editing {{field}}',
  editingByYou: 'You are editing {{field}} on another device',
  editingThis: '{{name}} is editing',
  editingThisByYou: 'You, on another device',
  anotherPerson: 'another person',
  taken: '{{field}}: changed just now by {{who}}',
  takenByNobody: '{{field}}: changed just now',
  other: 'Changed just now by {{who}} to:',
  otherByNobody: 'Changed just now to:',
  takeIt: 'Take it',
  takeItOf: 'Take it: {{field}}',
  yoursStays: 'What you typed stays, and replaces it when you save.',
}
