// The rules of docs/architecture.md, checked by `npm run check`.
const onlyIn = (name, packages, allowed) => ({
  name,
  severity: 'error',
  from: { path: '^(app|domain|server|sw)/', pathNot: `${allowed}|[.](test|fixture)[.]tsx?$` },
  to: { path: `node_modules/(${packages})(/|$)` },
})
const never = (name, from, to) => ({ name, severity: 'error', from: { pathNot: '[.](test|fixture)[.]tsx?$', ...from }, to })

module.exports = {
  forbidden: [
    never('domain-imports-only-domain', { path: '^domain/' }, { pathNot: '^domain/|node_modules/(zod|temporal-polyfill)(/|$)' }),
    never('app-never-server', { path: '^app/' }, { path: '^(server|prisma|sw)/', dependencyTypesNot: ['type-only'] }),
    never('server-never-app', { path: '^server/' }, { path: '^(app|sw)/' }),
    never('worker-stands-alone', { path: '^sw/' }, { path: '^(app|server|prisma)/' }),
    never('features-apart', { path: '^app/features/([^/]+)/' }, { path: '^app/features/', pathNot: '^app/features/$1/' }),
    never('ui-knows-no-domain', { path: '^app/(ui|language)/' }, { path: '^domain/|^app/(data|session|features|routes)/' }),
    never('data-below-session', { path: '^app/data/' }, { path: '^app/(session|features|routes|ui|language)/' }),
    never('session-below-features', { path: '^app/session/' }, { path: '^app/(features|routes)/' }),
    never('features-below-routes', { path: '^app/features/' }, { path: '^app/routes/' }),
    never(
      'database-is-the-ground',
      { path: '^server/database/' },
      { path: '^server/(sync|accounts|audit|statistics|partners|exchange|http)/' },
    ),
    never('no-cycles', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    {
      name: 'only-tests-import-tests',
      severity: 'error',
      from: { pathNot: '^tests/|[.](test|fixture)[.]tsx?$' },
      to: { path: '^tests/|[.](test|fixture)[.]tsx?$' },
    },
    onlyIn('rxdb-only-in-app-data', 'rxdb|dexie', '^app/data/'),
    onlyIn('prisma-only-in-database', '@prisma|better-sqlite3|pg', '^server/database/'),
    never(
      'generated-clients-only-in-database',
      { path: '^(app|domain|server|sw)/', pathNot: '^server/database/' },
      { path: '^prisma/generated/', dependencyTypesNot: ['type-only'] },
    ),
    onlyIn('socket-only-at-the-doors', 'socket[.]io(-client)?', '^app/data/socket|^server/sync/gateway'),
    onlyIn('lucia-only-in-sessions', 'lucia', '^server/accounts/sessions[.]ts$'),
    onlyIn('oslo-only-in-passwords', 'oslo', '^server/accounts/(passwords|totp)[.]ts$'),
    onlyIn('nodemailer-only-in-mail', 'nodemailer', '^server/accounts/mail[.]ts$'),
    onlyIn('remix-only-in-pages', '@remix-run', '^app/(routes/|root|entry|features/|ui/.*Link|routes[.]ts)|^server/http/'),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: 'specify',
    doNotFollow: { path: 'node_modules|prisma/generated' },
    exclude: { path: '^build/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
}
