import type { ReactNode } from 'react'
import { Card } from '#app/ui/Card.tsx'
import type { OpenApi } from '#domain/partners/openapi.ts'
import { pythonExample } from './pythonExample.ts'

interface Operation {
  summary: string
  description: string
  requestBody?: { content: Record<string, unknown> }
  parameters?: readonly { name: string; description: string }[]
  responses: Record<string, { description: string; content: Record<string, { schema: { $ref?: string } }> }>
}

/** For those who write programs, in their language: what the OpenAPI document says, to be read without any tool. */
export function ApiReference({ document }: { document: OpenApi }) {
  const { info, paths, components, servers } = document
  const origin = servers[0]?.url ?? ''
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  return (
    <article lang="en" dir="ltr" className="flex flex-col gap-6">
      <header className="flex flex-col gap-2">
        <h1 className="text-3xl font-bold">
          {info.title} {info.version}
        </h1>
        <p>{info.description}</p>
        <p>
          <a href="/api/openapi.json" className="font-semibold text-primary underline">
            OpenAPI 3.1
          </a>
          {' · '}
          <a href="/.well-known/oauth-authorization-server" className="font-semibold text-primary underline">
            OAuth 2.0 metadata (RFC 8414)
          </a>
          {' · '}
          <a href="/.well-known/jwks.json" className="font-semibold text-primary underline">
            Keys (JWKS)
          </a>
        </p>
      </header>
      <Section title="In Python">
        <Code text={pythonExample(origin, { clientId: 'CLIENT_ID', clientSecret: 'CLIENT_SECRET' })} label="A program in Python" />
      </Section>
      {operations.map(({ path, method, operation }) => (
        <Section key={path} title={`${method} ${path}`}>
          <p className="font-semibold">{operation.summary}</p>
          <p>{operation.description}</p>
          {operation.requestBody && <p>Body: {Object.keys(operation.requestBody.content).join(' or ')}</p>}
          {operation.parameters?.map(({ name, description }) => (
            <p key={name}>
              <code className="font-mono">{name}</code>: {description}
            </p>
          ))}
          <dl className="flex flex-col gap-2">
            {Object.entries(operation.responses).map(([status, { description, content }]) => (
              <div key={status} className="flex flex-wrap gap-x-3">
                <dt className="font-mono font-bold">{status}</dt>
                <dd>
                  {description}{' '}
                  {Object.entries(content).map(([type, { schema }]) => (
                    <span key={type} className="text-ink-soft">
                      ({type}: {schema.$ref?.split('/').at(-1) ?? 'object'})
                    </span>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </Section>
      ))}
      {Object.entries(components.schemas).map(([name, schema]) => (
        <Section key={name} title={name}>
          <Code text={JSON.stringify(schema, null, 2)} label={`JSON Schema of ${name}`} />
        </Section>
      ))}
    </article>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card className="flex min-w-0 flex-col gap-3">
      <h2 className="text-xl font-bold break-words">{title}</h2>
      {children}
    </Card>
  )
}

function Code({ text, label }: { text: string; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keyboard
    <section aria-label={label} tabIndex={0} className="overflow-x-auto rounded-lg bg-sunken p-4">
      <pre className="font-mono text-sm">{text}</pre>
    </section>
  )
}
