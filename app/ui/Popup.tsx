import type { ReactNode } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'

export interface PopupProps {
  /** Names the button and what it opens. */
  label: string
  /** What the button shows. */
  face: ReactNode
  look: string
  children: (close: () => void) => ReactNode
}

/** A small sheet that hangs on its button. */
export function Popup({ label, face, look, children }: PopupProps) {
  return (
    <DialogTrigger>
      <Button aria-label={label} className={`cursor-pointer ${look}`}>
        {face}
      </Button>
      <Popover className="z-40 rounded-xl border border-line bg-surface p-2 shadow-raised">
        <Dialog aria-label={label} className="outline-none">
          {({ close }) => children(close)}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
