export const accounts = {
  role: { admin: 'Administrator', doctor: 'Doctor', viewer: 'Dashboard viewer' },
  roleHint: {
    admin: 'Invites people, manages facilities and applications, reads the audit log. Sees no client.',
    doctor: 'Registers and follows the clients of a facility, also without a network.',
    viewer: 'Sees the figures of the dashboard, never a person.',
  },
  passwordRules: '15 characters or more. A sentence of a few words is strong and easy to remember; spaces are fine.',
  showPassword: 'Show the password',
  hidePassword: 'Hide the password',
  setup: {
    title: 'Welcome to HIMS',
    lead: 'You make the first account. After it, people come in by invitation only.',
    alsoDoctor: 'I also see clients',
    alsoDoctorHint: 'You are then administrator and doctor. Without it, administrator only.',
    submit: 'Make the account and start',
  },
  invitation: {
    title: 'You are invited',
    lead: 'You will work here as {{roles}}. Choose your name and your password.',
    emailFixed: 'You will sign in with this e-mail. Only the person who invited you can change it, with a new invitation.',
    submit: 'Make my account',
  },
  link: {
    title: 'This link does not work',
    'not-found': 'It is not complete, or a newer one took its place. Ask for a new link, or look at what the server printed last.',
    expired: 'It is too old: a set-up link lasts 30 minutes, an invitation 72 hours. Ask for a new one.',
    'already-used': 'It was used before; each link makes one account. If that account is yours, sign in.',
  },
  signIn: {
    title: 'Sign in',
    submit: 'Sign in',
    noAccount: 'No account? Ask an administrator or a doctor of your clinic for an invitation.',
    goTo: 'Go to sign-in',
  },
}
