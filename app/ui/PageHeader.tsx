import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'

export interface PageHeaderProps {
  title: string
  /** In the title's place outside the page, where it is kept: the browser's history lies on the disk, and holds no names. */
  outside?: string
  /** One line under the title. */
  children?: ReactNode
  /** Buttons of the whole page. */
  actions?: ReactNode
}

/** Also names the document, in the page's language. */
export function PageHeader({ title, outside = title, children, actions }: PageHeaderProps) {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = `${outside} · ${t('shell.appName')}`
  }, [outside, t])
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="text-2xl font-bold tracking-tight tablet:text-3xl">{title}</h1>
        {children !== undefined && <div className="mt-1 text-ink-soft">{children}</div>}
      </div>
      {actions !== undefined && <div className="no-print flex flex-wrap gap-3">{actions}</div>}
    </header>
  )
}
