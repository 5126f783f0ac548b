/** Remembers the cursor in the field that has the focus. @returns the way to put it back after the field's value changed */
export function keepCaret(): () => void {
  const field = document.activeElement
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return () => undefined
  const { selectionStart, selectionEnd } = field
  return () => {
    // E-mail and number boxes tell no cursor, and refuse one.
    if (selectionStart !== null && document.activeElement === field) field.setSelectionRange(selectionStart, selectionEnd)
  }
}
