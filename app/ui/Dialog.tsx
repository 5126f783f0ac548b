import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Button } from './Button.tsx'

export interface DialogProps {
  title: string
  open: boolean
  onClose: () => void
  children: ReactNode
  /** `alertdialog` for a question that must be answered. */
  role?: 'dialog' | 'alertdialog'
}

export function Dialog({ title, open, onClose, children, role = 'dialog' }: DialogProps) {
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable={role === 'dialog'}
      className="fixed inset-0 z-50 flex items-end justify-center bg-[rgb(0_0_0/50%)] tablet:items-center tablet:p-6"
    >
      <Modal className="max-h-[90dvh] w-full overflow-y-auto rounded-t-2xl border border-line bg-surface shadow-raised tablet:max-w-lg tablet:rounded-2xl">
        <AriaDialog role={role} className="flex flex-col gap-4 p-6 outline-none">
          <Heading slot="title" className="text-xl font-bold">
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

export interface ConfirmDialogProps extends Omit<DialogProps, 'role'> {
  confirm: string
  cancel: string
  onConfirm: () => void
  /** For what cannot be undone. */
  danger?: boolean
  /** To go on as before is the better answer, and looks it. */
  staying?: boolean
}

export function ConfirmDialog({ confirm, cancel, onConfirm, danger = false, staying = false, children, ...dialog }: ConfirmDialogProps) {
  return (
    <Dialog {...dialog} role="alertdialog">
      <div>{children}</div>
      <div className="flex flex-wrap justify-end gap-3">
        <Button kind={staying ? 'primary' : 'secondary'} autoFocus={staying} onPress={dialog.onClose}>
          {cancel}
        </Button>
        <Button kind={danger ? 'danger' : staying ? 'secondary' : 'primary'} onPress={onConfirm}>
          {confirm}
        </Button>
      </div>
    </Dialog>
  )
}
